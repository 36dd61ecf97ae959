using System.Text.Json;
using DbRules.Baseline;

namespace DbRules.Tool.Logs;

/// <summary>Reads the findings of DbRules from error logs of the C# compiler (SARIF 2.1). Results of other analyzers, and what the code itself suppresses, are left out.</summary>
internal static class SarifReader
{
    private const string RulePrefix = "DBR";
    private const string CategoryPrefix = "DbRules.";
    private const string KnownMark = "Suppression Id: " + SuppressionIds.Known + ",";
    private const string CollectedMark = "Suppression Id: " + SuppressionIds.Collected + ",";

    /// <summary>Reads one log.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="project">The name of the project that it belongs to.</param>
    /// <exception cref="LogException">The file is missing, or is no SARIF 2.1.</exception>
    public static IReadOnlyList<Finding> Read(string file, string project)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            using JsonDocument log = JsonDocument.Parse(stream);
            return Read(log.RootElement, project);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LogException($"{file}: {exception.Message}");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new LogException($"{file} is no SARIF 2.1 log: {exception.Message}");
        }
    }

    private static List<Finding> Read(JsonElement log, string project)
    {
        if (Text(log, "version") is not { } version || !version.StartsWith("2.1", StringComparison.Ordinal))
            throw new FormatException($"its version is '{Text(log, "version")}'.");
        var findings = new List<Finding>();
        foreach (JsonElement run in Items(log, "runs"))
        {
            Dictionary<string, RuleInfo> rules = [];
            if (Member(run, "tool") is { } tool && Member(tool, "driver") is { } driver)
            {
                foreach (JsonElement rule in Items(driver, "rules"))
                {
                    if (Text(rule, "id") is { } id && id.StartsWith(RulePrefix, StringComparison.Ordinal))
                        rules[id] = Rule(id, rule);
                }
            }

            foreach (JsonElement result in Items(run, "results"))
            {
                if (Text(result, "ruleId") is { } id && id.StartsWith(RulePrefix, StringComparison.Ordinal) && IsReported(result, out bool isKnown))
                    findings.Add(Result(result, rules.TryGetValue(id, out RuleInfo? rule) ? rule : new RuleInfo(id, id, "", "Other", null), isKnown, project));
            }
        }

        return findings;
    }

    private static RuleInfo Rule(string id, JsonElement rule)
    {
        string category = Member(rule, "properties") is { } properties ? Text(properties, "category") ?? "" : "";
        string title = Member(rule, "shortDescription") is { } shortText ? Text(shortText, "text") ?? id : id;
        string description = Member(rule, "fullDescription") is { } fullText ? Text(fullText, "text") ?? "" : "";
        return new RuleInfo(id, title, description, category.StartsWith(CategoryPrefix, StringComparison.Ordinal) ? category[CategoryPrefix.Length..] : "Other", Text(rule, "helpUri"));
    }

    private static Finding Result(JsonElement result, RuleInfo rule, bool isKnown, string project)
    {
        Severity severity = Text(result, "level") switch
        {
            "error" => Severity.Error,
            "note" or "none" => Severity.Suggestion,
            _ => Severity.Warning,
        };
        string message = Member(result, "message") is { } text ? Text(text, "text") ?? "" : "";
        string? line = null;
        bool hasFix = false;
        if (Member(result, "properties") is { } properties && Member(properties, "customProperties") is { } custom)
        {
            line = Text(custom, FindingKey.LineProperty);
            hasFix = custom.EnumerateObject().Any(static property => property.Name != FindingKey.LineProperty);
        }

        Place? place = Items(result, "locations").Select(ToPlace).FirstOrDefault(static place => place is not null);
        return new Finding(rule, severity, message, place, [.. Items(result, "relatedLocations").Select(ToPlace).OfType<Place>()], line, isKnown, hasFix, [project]);
    }

    /// <summary>Whether nothing suppresses a result but the baseline, or a build that only collects findings.</summary>
    private static bool IsReported(JsonElement result, out bool isKnown)
    {
        isKnown = false;
        foreach (JsonElement suppression in Items(result, "suppressions"))
        {
            string type = Member(suppression, "properties") is { } properties ? Text(properties, "suppressionType") ?? "" : "";
            if (type.Contains(KnownMark, StringComparison.Ordinal))
                isKnown = true;
            else if (!type.Contains(CollectedMark, StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    private static Place? ToPlace(JsonElement location)
    {
        if (Member(location, "physicalLocation") is not { } physical
            || Member(physical, "artifactLocation") is not { } artifact
            || Text(artifact, "uri") is not { } uri
            || Member(physical, "region") is not { } region)
        {
            return null;
        }

        int startLine = Number(region, "startLine") ?? 1;
        int startColumn = Number(region, "startColumn") ?? 1;
        int endLine = Number(region, "endLine") ?? startLine;
        return new Place(ToPath(uri), startLine, startColumn, endLine, Number(region, "endColumn") ?? startColumn);
    }

    private static string ToPath(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out Uri? address) && address.IsFile ? address.LocalPath : Uri.UnescapeDataString(uri);

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default;

    private static string? Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static int? Number(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int value) ? value : null;
}
