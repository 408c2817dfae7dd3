using Microsoft.Win32.SafeHandles;

namespace Facula.Serialization;

/// <summary>Replaces files so that at any moment the old content or the new one stands there whole.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Lets <paramref name="write"/> fill a temporary file in the folder of <paramref name="path"/>, flushes it to the disk
    /// (unless <paramref name="sync"/> is false) and renames it over <paramref name="path"/>.
    /// </summary>
    /// <remarks>The temporary file must be in the same folder: only a rename within one file system is atomic.</remarks>
    public static void Write(string path, Action<SafeFileHandle> write, bool sync = true)
    {
        string target = FinalTarget(Path.GetFullPath(path));
        string temporary = Path.Join(Path.GetDirectoryName(target), $".{Path.GetFileName(target)}.{Guid.NewGuid():N}{TemporarySuffix}");
        try
        {
            using (SafeFileHandle handle = Create(temporary, target))
            {
                write(handle);
                if (sync)
                    RandomAccess.FlushToDisk(handle);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            DeleteQuietly(temporary);
            throw;
        }
    }

    /// <summary>How the names of unfinished files end; a killed process leaves one behind, and checkpoint folders sweep them up.</summary>
    public const string TemporarySuffix = ".facula-tmp";

    private static SafeFileHandle Create(string temporary, string target)
    {
        SafeFileHandle handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        // The new file takes over the rights of the one it replaces, as writing in place would have left them.
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            File.SetUnixFileMode(handle, File.GetUnixFileMode(target));
        return handle;
    }

    // Renaming onto a symbolic link would replace the link; its target is meant.
    private static string FinalTarget(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
            // The error that brought us here is the one to report.
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}
