global using static Facula.torch;
