using System.Text;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            /// <summary>What stands between the parentheses of the printed form.</summary>
            public virtual string extra_repr() => "";

            /// <summary>PyTorch's printed form: the tree of modules.</summary>
            public override string ToString()
            {
                string extra = extra_repr();
                var lines = new List<string>();
                if (extra.Length > 0) lines.AddRange(extra.Split('\n'));
                int extraLines = lines.Count;
                foreach ((string name, string text) in PrintedChildren()) lines.Add($"({name}): {Indent(text)}");
                var result = new StringBuilder(GetName()).Append('(');
                if (lines.Count > 0)
                {
                    if (extraLines == 1 && lines.Count == 1) result.Append(lines[0]);
                    else result.Append("\n  ").Append(string.Join("\n  ", lines)).Append('\n');
                }
                return result.Append(')').ToString();
            }

            /// <summary>The children as they are printed.</summary>
            private protected virtual IEnumerable<(string Name, string Text)> PrintedChildren()
            {
                foreach ((string name, Module? child) in OwnModules) yield return (name, child?.ToString() ?? "None");
            }

            private protected static string Indent(string text) => text.Replace("\n", "\n  ");
        }
    }
}
