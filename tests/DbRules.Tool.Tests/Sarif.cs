using System.Text.Json;
using System.Text.Json.Nodes;

namespace DbRules.Tool.Tests;

/// <summary>Writes error logs in the form that the C# compiler writes them.</summary>
internal static class Sarif
{
    public const string Known = "DiagnosticSuppressor { Suppression Id: DBRKNOWN, Suppression Justification: Listed in DbRules.baseline.txt }";
    public const string Collected = "DiagnosticSuppressor { Suppression Id: DBRCOLLECTED, Suppression Justification: Collected by the dbrules tool }";
    public const string Pragma = "Pragma Directive";

    private static readonly (string Id, string Title, string Family)[] Rules =
    [
        ("CA1000", "Do not declare static members on generic types", "Design"),
        ("DBR002", "Option value is not understood", "DbRules.Configuration"),
        ("DBR101", "Query runs once per element", "DbRules.RoundTrips"),
        ("DBR102", "Call runs a query once per element", "DbRules.RoundTrips"),
        ("DBR402", "Command, batch or data adapter is not disposed", "DbRules.Lifetimes"),
        ("DBR506", "Comparison with NULL by = or <>", "DbRules.SqlText"),
    ];

    /// <summary>A log with results.</summary>
    public static string Log(params IEnumerable<JsonObject> results) => new JsonObject
    {
        ["version"] = "2.1.0",
        ["runs"] = new JsonArray(new JsonObject
        {
            ["results"] = new JsonArray([.. results]),
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "Compiler",
                    ["rules"] = new JsonArray([.. Rules.Select(rule => new JsonObject
                    {
                        ["id"] = rule.Id,
                        ["shortDescription"] = new JsonObject { ["text"] = rule.Title },
                        ["fullDescription"] = new JsonObject { ["text"] = $"What {rule.Id} is about." },
                        ["helpUri"] = $"https://github.com/dbrules/dbrules/blob/main/docs/rules/{rule.Id}.md",
                        ["properties"] = new JsonObject { ["category"] = rule.Family },
                    })]),
                },
            },
        }),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    /// <summary>A result at one word of a line.</summary>
    /// <param name="file">Its full path; null for no place.</param>
    /// <param name="text">The line as a baseline knows it; null for none.</param>
    /// <param name="suppression">What suppresses it; null for nothing.</param>
    /// <param name="hint">Whether a code fix has what it needs.</param>
    /// <param name="related">Lines of the same file that are evidence.</param>
    public static JsonObject Result(
        string rule, string? file, int line, string? text, string level = "warning", string? suppression = null, string message = "A message", bool hint = false, (int Start, int End) columns = default, params int[] related)
    {
        var custom = new JsonObject();
        if (hint)
            custom["Span"] = "1,2";
        if (text is not null)
            custom["dbrulesLine"] = text;
        var result = new JsonObject
        {
            ["ruleId"] = rule,
            ["level"] = level,
            ["message"] = new JsonObject { ["text"] = message },
            ["properties"] = new JsonObject { ["customProperties"] = custom },
        };
        if (suppression is not null)
            result["suppressions"] = new JsonArray(new JsonObject { ["kind"] = "inSource", ["properties"] = new JsonObject { ["suppressionType"] = suppression } });
        if (file is not null)
        {
            result["locations"] = new JsonArray(Location(file, line, columns == default ? (1, 2) : columns));
            result["relatedLocations"] = new JsonArray([.. related.Select(other => Location(file, other, (1, 2)))]);
        }

        return result;
    }

    private static JsonObject Location(string file, int line, (int Start, int End) columns) => new()
    {
        ["physicalLocation"] = new JsonObject
        {
            ["artifactLocation"] = new JsonObject { ["uri"] = new Uri("file://" + string.Join('/', file.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString))).AbsoluteUri },
            ["region"] = new JsonObject { ["startLine"] = line, ["startColumn"] = columns.Start, ["endLine"] = line, ["endColumn"] = columns.End },
        },
    };
}
