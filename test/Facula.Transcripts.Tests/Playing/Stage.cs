using System.Collections.Concurrent;
using System.Reflection;

namespace Facula.Transcripts.Tests;

/// <summary>Finds the blocks' methods and plays each once.</summary>
internal static class Stage
{
    /// <summary>The methods by the number of the block they replay.</summary>
    public static readonly ILookup<int, MethodInfo> Methods = typeof(Tutorial).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Tutorial)))
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.IsDefined(typeof(BlockAttribute)))
        .ToLookup(method => method.GetCustomAttribute<BlockAttribute>()!.Number);

    private static readonly ConcurrentDictionary<int, Lazy<Play>> s_played = new();

    public static Play Played(int number) => s_played.GetOrAdd(number, n => new Lazy<Play>(() => Perform(n))).Value;

    private static Play Perform(int number)
    {
        Block block = TranscriptFile.Blocks[number];
        var play = new Play(number, block);
        if (Methods[number].SingleOrDefault() is not { } method) return play;
        var tutorial = (Tutorial)Activator.CreateInstance(method.DeclaringType!)!;
        tutorial.Play = play;
        manual_seed(block.Seed);
        Exception? error = null;
        try
        {
            method.Invoke(tutorial, null);
        }
        catch (TargetInvocationException thrown)
        {
            error = thrown.InnerException;
        }
        play.End(error);
        return play;
    }
}
