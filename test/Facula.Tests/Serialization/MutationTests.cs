using System.Text.Json;
using Facula.Serialization;
using FsCheck;
using FsCheck.Fluent;

namespace Facula.Tests.Serialization;

/// <summary>Valid files with random damage: they load, or are refused with the documented exception, and memory stays bounded.</summary>
public class MutationTests
{
    private const int Mutations = 3000;

    public sealed record Edit(int Kind, int At, int Value);

    [Theory]
    [InlineData("torch-zip")]
    [InlineData("torch-legacy")]
    [InlineData("safetensors")]
    [InlineData("npy")]
    [InlineData("npz")]
    public void Damaged_files_load_or_are_refused(string format)
    {
        byte[][] files = [.. GoldenFiles.Cases.Where(item => item.GetProperty("format").GetString() == format && !item.TryGetProperty("error", out _))
            .Select(GoldenFiles.Bytes)];
        Gen<Edit> edit = from kind in Gen.Choose(0, 6) from at in Gen.Choose(0, int.MaxValue - 1) from value in Gen.Choose(0, int.MaxValue - 1) select new Edit(kind, at, value);
        Gen<(int File, Edit[] Edits)> cases = from file in Gen.Choose(0, files.Length - 1)
                                              from number in Gen.Choose(1, 4)
                                              from edits in edit.ArrayOf(number)
                                              select (file, edits);
        RandomCases.Check(Prop.ForAll(cases.ToArbitrary(), item => Survives(Damage(files[item.File], item.Edits), format)), Mutations);
    }

    /// <summary>Damage inside the pickle under a correct checksum, which reaches the interpreter instead of the zip reader.</summary>
    [Fact]
    public void Damaged_pickles_load_or_are_refused()
    {
        (byte[] Pickle, ZipReader Archive)[] files = [.. GoldenFiles.Cases
            .Where(item => item.GetProperty("name").GetString() == "torch_zip")
            .Select(item => new ZipReader(new MemoryByteSource("good", GoldenFiles.Bytes(item)), 1 << 20, 16))
            .Select(archive => (archive.ReadAll(archive.Entries.First(entry => entry.Name.EndsWith("data.pkl")), 1 << 20), archive))];
        Gen<Edit> edit = from kind in Gen.Choose(0, 6) from at in Gen.Choose(0, int.MaxValue - 1) from value in Gen.Choose(0, int.MaxValue - 1) select new Edit(kind, at, value);
        Gen<(int File, Edit[] Edits)> cases = from file in Gen.Choose(0, files.Length - 1)
                                              from number in Gen.Choose(1, 3)
                                              from edits in edit.ArrayOf(number)
                                              select (file, edits);
        RandomCases.Check(
            Prop.ForAll(cases.ToArbitrary(), item => Survives(Rebuild(files[item.File].Archive, Damage(files[item.File].Pickle, item.Edits)), "torch-zip")), Mutations);
    }

    private static byte[] Rebuild(ZipReader archive, byte[] pickle)
    {
        using var stream = new MemoryStream();
        var writer = new ZipWriter(ByteSink.To(stream));
        foreach (ZipEntry entry in archive.Entries)
            writer.AddStored(entry.Name, entry.Name.EndsWith("data.pkl") ? pickle : archive.ReadAll(entry, 1 << 20));
        writer.Finish();
        return stream.ToArray();
    }

    private static bool Survives(byte[] bytes, string format)
    {
        var source = new MemoryByteSource("mutated", bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            NeutralValues.Read(source, format);
        }
        catch (InvalidDataException)
        {
            // The documented refusal.
        }
        return GC.GetAllocatedBytesForCurrentThread() - before < 20 * bytes.Length + (8 << 20);
    }

    internal static byte[] Damage(byte[] file, Edit[] edits)
    {
        var bytes = new List<byte>(file);
        foreach (Edit edit in edits)
        {
            if (bytes.Count == 0)
                break;
            int at = edit.At % bytes.Count;
            switch (edit.Kind)
            {
                case 0: bytes[at] ^= (byte)(1 << (edit.Value & 7)); break;
                case 1: bytes[at] = (byte)edit.Value; break;
                case 2: bytes.RemoveRange(at, Math.Min(edit.Value % 9, bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(edit.Value % bytes.Count, Math.Min(8, bytes.Count - edit.Value % bytes.Count))); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                case 5: bytes[at] = (edit.Value % 4) switch { 0 => 0xFF, 1 => 0, 2 => 0x7F, _ => 0x80 }; break;
                default:
                    for (int i = at; i < Math.Min(at + 4, bytes.Count); i++)
                        bytes[i] = 0xFF;
                    break;
            }
        }
        return [.. bytes];
    }
}
