using System.Diagnostics;

namespace DbRules.Benchmarks;

/// <summary>A public repository that is measured.</summary>
/// <param name="Name">Its owner and name.</param>
/// <param name="Commit">The commit that it is measured at.</param>
/// <param name="Folder">Where it is.</param>
internal sealed record Corpus(string Name, string Commit, string Folder);

/// <summary>The public repositories that are measured, each at one commit.</summary>
internal static class Corpora
{
    /// <summary>
    /// The folders of all repositories of the list, by their names. One that is not there yet is cloned by <c>git</c>; one that is there is taken as it is.
    /// </summary>
    /// <param name="folder">Where they are, or shall be: in folders named <c>owner+name</c>.</param>
    /// <param name="only">Parts of names; empty for all.</param>
    /// <exception cref="InvalidOperationException">A repository could not be cloned.</exception>
    public static IEnumerable<Corpus> In(string folder, IReadOnlyCollection<string> only)
    {
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "corpora.txt")).Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line.Split(' ') is not [var name, var commit])
                throw new InvalidOperationException($"corpora.txt: '{line}' is not a name and a commit.");
            if (only.Count > 0 && !only.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase)))
                continue;
            var clone = Path.Combine(folder, name.Replace('/', '+'));
            if (!Directory.Exists(clone))
            {
                Git("clone", "--quiet", "--no-checkout", $"https://github.com/{name}.git", clone);
                Git("-C", clone, "checkout", "--quiet", commit);
            }

            yield return new Corpus(name, commit, clone);
        }
    }

    private static void Git(params string[] arguments)
    {
        using var git = Process.Start("git", arguments);
        git.WaitForExit();
        if (git.ExitCode != 0)
            throw new InvalidOperationException($"'git {string.Join(' ', arguments)}' failed.");
    }
}
