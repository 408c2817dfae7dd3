// Makes data sets of the forms that TorchSharp's programs read, small and easy to learn: data.cs FOLDER
#:property PublishAot=false
using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;

var random = new Random(0);
string folder = args[0];

string digits = Directory.CreateDirectory(Path.Join(folder, "mnist")).FullName;
byte[][] shapes = Prototypes(28 * 28);
foreach ((string name, int count) in new[] { ("train", 2560), ("t10k", 512) })
{
    byte[] labels = Labels(count);
    Zip(Path.Join(digits, $"{name}-images-idx3-ubyte.gz"), [.. BigEndian(2051, count, 28, 28), .. labels.SelectMany(l => Noisy(shapes[l]))]);
    Zip(Path.Join(digits, $"{name}-labels-idx1-ubyte.gz"), [.. BigEndian(2049, count), .. labels]);
}

byte[][] pictures = Prototypes(3 * 32 * 32);
string images = Directory.CreateDirectory(Path.Join(folder, "CIFAR10")).FullName;
using (var file = new GZipStream(File.Create(Path.Join(images, "cifar-10-binary.tar.gz")), CompressionLevel.Fastest))
using (var archive = new TarWriter(file))
{
    foreach (string batch in new[] { "data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch" })
    {
        var bytes = new MemoryStream();
        foreach (byte label in Labels(10000))
        {
            bytes.WriteByte(label);
            bytes.Write(Noisy(pictures[label]));
        }
        bytes.Position = 0;
        archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"cifar-10-batches-bin/{batch}.bin") { DataStream = bytes });
    }
}

string sentences = Directory.CreateDirectory(Path.Join(folder, "wikitext-2-v1", "wikitext-2")).FullName;
foreach ((string name, int count) in new[] { ("train", 400), ("valid", 60), ("test", 60) })
    File.WriteAllLines(Path.Join(sentences, $"wiki.{name}.tokens"), Enumerable.Range(0, count).Select(_ =>
    {
        int start = random.Next(200);
        return string.Join(' ', Enumerable.Range(0, 30).Select(i => $"w{(start + 3 * i) % 200}"));
    }));

string news = Directory.CreateDirectory(Path.Join(folder, "AG_NEWS")).FullName;
foreach ((string name, int count) in new[] { ("train", 2000), ("test", 400) })
    File.WriteAllLines(Path.Join(news, $"{name}.csv"), Enumerable.Range(0, count).Select(_ =>
    {
        int topic = random.Next(4);
        return $"\"{topic + 1}\",\"title t{topic}\",\"{string.Join(' ', Enumerable.Range(0, 20).Select(_ => $"k{topic * 20 + random.Next(25)}"))}\"";
    }));

byte[][] Prototypes(int size) => [.. Enumerable.Range(0, 10).Select(_ => { var bytes = new byte[size]; random.NextBytes(bytes); return bytes; })];
byte[] Labels(int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(10))];
byte[] Noisy(byte[] shape) => Array.ConvertAll(shape, b => (byte)Math.Clamp(b + random.Next(-40, 41), 0, 255));

static byte[] BigEndian(params int[] numbers)
{
    var bytes = new byte[4 * numbers.Length];
    for (int i = 0; i < numbers.Length; i++)
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), numbers[i]);
    return bytes;
}

static void Zip(string path, byte[] content)
{
    using var file = new GZipStream(File.Create(path), CompressionLevel.Fastest);
    file.Write(content);
}
