using System.CommandLine;
using DbRules.Baseline;
using DbRules.Tool.Baselines;
using DbRules.Tool.Logs;

namespace DbRules.Tool.Commands;

/// <summary><c>dbrules baseline</c>: writes the findings of today into the baseline, or says how it differs from them.</summary>
internal static class BaselineCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var source = new FindingSource();
        var check = new Option<bool>("--check") { Description = "Changes nothing, and fails where findings are new or listed ones are gone." };
        var suggestions = new Option<bool>("--suggestions") { Description = "Lists suggestions too. Without it, only those that are listed already stay." };
        var file = new Option<string?>("--file") { Description = $"The baseline, instead of the nearest {BaselineText.FileName} in the folder of each project or above.", HelpName = "path" };
        file.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var path }] && !BaselineText.IsBaseline(path))
                result.AddError($"A baseline is called {BaselineText.FileName}, in any folder: the analyzers read no '{path}'.");
        });
        var command = new Command("baseline", $"Writes the findings of today into {BaselineText.FileName}, where they are silent from then on.") { check, suggestions, file };
        source.AddTo(command);
        command.Run(errors, async (parsed, cancellation) =>
        {
            string folder = source.Folder(parsed);
            IReadOnlyList<ProjectLog> logs = await source.ReadAsync(parsed, errors, cancellation);
            string? given = parsed.GetValue(file) is { } path ? Path.GetFullPath(path) : null;
            bool differs = false;
            foreach (IGrouping<string, ProjectLog> group in BaselinePlaces.Of(logs, given, folder))
                differs |= Apply(group, parsed.GetValue(suggestions), parsed.GetValue(check), folder, output);
            return differs && parsed.GetValue(check) ? DbRulesCommand.Differs : DbRulesCommand.Done;
        });
        return command;
    }

    /// <summary>Writes one baseline, or only says how it differs; true when it does.</summary>
    private static bool Apply(IGrouping<string, ProjectLog> group, bool withSuggestions, bool isCheck, string folder, TextWriter output)
    {
        BaselineFile baseline = BaselineFile.Read(group.Key);
        HashSet<string>? judged = group.All(static log => log.Sources is not null) ? new(group.SelectMany(static log => log.Sources!), StringComparer.OrdinalIgnoreCase) : null;
        BaselineUpdate update = BaselineUpdate.Of(baseline, ProjectLog.Distinct(group), judged, withSuggestions);
        string name = Path.GetRelativePath(folder, baseline.Path);
        if (isCheck)
        {
            foreach (FindingKey key in update.Added)
                output.WriteLine($"new: {key}");
            foreach (FindingKey key in update.Removed)
                output.WriteLine($"removable: {key}");
            output.WriteLine($"{name}: {update.Added.Count} new, {update.Removed.Count} removable, {update.Kept} known");
            if (update.IsChange)
                output.WriteLine("'dbrules baseline' writes it anew.");
        }
        else
        {
            if (baseline.Exists || update.IsChange)
                baseline.Write(baseline.With(update.Target));
            output.WriteLine($"{name}: {update.Added.Count} added, {update.Removed.Count} removed, {update.Kept} kept");
        }

        if (baseline.UnreadableLines > 0)
            output.WriteLine($"{name}: {baseline.UnreadableLines} lines {(isCheck ? "are not understood" : "were not understood, and are gone")}");
        return update.IsChange;
    }
}
