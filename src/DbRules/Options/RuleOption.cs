using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Options;

/// <summary>One <c>dbrules.*</c> option of an <c>.editorconfig</c>.</summary>
public abstract class RuleOption(string key, string allowed)
{
    /// <summary>The key as it is written in the file.</summary>
    public string Key { get; } = key;

    /// <summary>The values it takes, in plain English.</summary>
    public string Allowed { get; } = allowed;

    /// <summary>The default as it would be written in the file.</summary>
    public abstract string DefaultText { get; }

    /// <summary>Whether a written value can be taken.</summary>
    public abstract bool Accepts(string text);
}

/// <summary>A typed option with its default.</summary>
public sealed class RuleOption<T>(string key, string allowed, T defaultValue, RuleOption<T>.Parser parse) : RuleOption(key, allowed)
    where T : notnull
{
    /// <summary>Reads a value; false when the text is none.</summary>
    public delegate bool Parser(string text, out T value);

    public T Default { get; } = defaultValue;

    public override string DefaultText => Default is Enum ? WithHyphens(Default.ToString()) : Default.ToString() ?? "";

    public override bool Accepts(string text) => parse(text, out _);

    /// <summary>The words of a name of the code as files write them: <c>WholeTable</c> is <c>whole-table</c>.</summary>
    private static string WithHyphens(string name) =>
        string.Concat(name.Select(static (letter, index) => (index > 0 && char.IsUpper(letter) ? "-" : "") + char.ToLowerInvariant(letter)));

    /// <summary>The value that holds for a file: what its <c>.editorconfig</c> says, or the default when it says nothing or nothing valid.</summary>
    public T In(AnalyzerConfigOptions options) => options.TryGetValue(Key, out string? text) && parse(text, out T value) ? value : Default;
}
