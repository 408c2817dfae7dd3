namespace Facula;

public static partial class torch
{
    /// <summary>Python's UserWarnings: each text once to stderr, with an event and the modes <c>default</c>, <c>always</c>, <c>ignore</c> and <c>error</c>.</summary>
    public static class warnings
    {
        private static readonly HashSet<string> s_seen = [];

        /// <summary>What a warning does: <c>default</c> (once each), <c>always</c>, <c>ignore</c> or <c>error</c>.</summary>
        public static string mode { get; private set; } = "default";

        /// <summary>Raised for every warning that is not ignored.</summary>
        public static event Action<string>? Warned;

        /// <summary>Sets the mode: <c>default</c>, <c>always</c>, <c>ignore</c> or <c>error</c>.</summary>
        public static void simplefilter(string action)
        {
            if (action is not ("default" or "always" or "ignore" or "error" or "once"))
                throw new ArgumentException($"invalid action: '{action}'");
            mode = action;
            lock (s_seen) s_seen.Clear();
        }

        /// <summary>Warns.</summary>
        public static void warn(string message) => warn(message, always: false);

        internal static void warn(string message, bool always)
        {
            if (mode == "ignore") return;
            if (mode == "error") throw new ArgumentException("UserWarning: " + message);
            lock (s_seen)
                if (!s_seen.Add(message) && !always && mode != "always") return;
            Warned?.Invoke(message);
            Console.Error.WriteLine("UserWarning: " + message);
        }
    }
}
