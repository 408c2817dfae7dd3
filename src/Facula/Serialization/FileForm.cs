namespace Facula.Serialization;

/// <summary>The file formats that loading recognises by content.</summary>
internal enum FileForm
{
    TorchZip,
    TorchLegacy,
    SafeTensors,
    Npy,
    Npz,
    TorchSharp,
}

/// <summary>Tells formats apart by their first bytes, never by the file's name.</summary>
internal static class FileForms
{
    public static FileForm Detect(ByteSource source)
    {
        if (source.Length == 0)
            throw source.Corrupt(0, "the file is empty");
        if (ZipReader.LooksLikeZip(source))
            return NpzArchive.LooksLike(new ZipReader(source, 0, 1)) ? FileForm.Npz : FileForm.TorchZip;
        if (NpyHeader.LooksLike(source))
            return FileForm.Npy;
        if (TorchLegacy.LooksLegacy(source))
            return FileForm.TorchLegacy;
        if (SafeTensorsHeader.LooksLike(source))
            return FileForm.SafeTensors;
        if (IsTar(source))
            throw source.Corrupt(0, "this is the tar form that PyTorch wrote before version 0.2. It is not read; "
                + "load it in an older PyTorch and save it again with torch.save");
        if (TorchSharpFormat.TryReadModule(source) is not null || TorchSharpFormat.TryReadTensor(source) is not null)
            return FileForm.TorchSharp;
        throw source.Corrupt(0, "the file is neither a PyTorch checkpoint nor a safetensors, NumPy or TorchSharp file");
    }

    private static bool IsTar(ByteSource source)
    {
        const int MagicOffset = 257;
        if (source.Length < 512)
            return false;
        Span<byte> magic = stackalloc byte[5];
        source.Read(MagicOffset, magic);
        return magic.SequenceEqual("ustar"u8);
    }
}
