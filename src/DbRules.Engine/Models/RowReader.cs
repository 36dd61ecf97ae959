using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Models;

/// <summary>Reads the words of one member row and expands its names. A row with a problem does not count at all.</summary>
internal sealed class RowReader(ModelReader reader)
{
    // Sixteen names a group: more brackets are a mistake, and 2 to their number would be unbounded work.
    private const int MaxBrackets = 4;

    private readonly Dictionary<ParameterRole, List<string>> _roles = [];
    private readonly ImmutableArray<(string Name, TextSpan Span)>.Builder _parameters = ImmutableArray.CreateBuilder<(string, TextSpan)>();
    private DbEffect _effect;
    private RowCount _rows;
    private QueryStep _step;
    private bool _optional;
    private bool _nothing;
    private bool _broken;

    /// <summary>Null when the row has a problem, which was then reported.</summary>
    public MemberRow? Read(TypeModel type, string library, List<Token> names, IEnumerable<Token> words)
    {
        ReadWords([.. words]);
        var expanded = new List<(string Name, bool HasAsyncTwin, TextSpan Span)>();
        foreach (var name in names)
            Expand(name, expanded);
        if (_nothing && (_effect != DbEffect.None || _rows != RowCount.Unknown || _roles.Count > 0))
            Report(names[0].Span, $"'nothing' says that '{names[0].Text}' does nothing; it cannot stand beside other words");
        if (_broken)
            return null;

        var roles = _roles.ToImmutableDictionary(role => role.Key, role => role.Value.ToImmutableArray());
        var members = expanded.Select(name =>
            (new MemberModel(library, type.Name, name.Name, _effect, _rows, _step, name.HasAsyncTwin, roles), name.Span));
        return new MemberRow([.. members], _parameters.ToImmutable(), _optional);
    }

    private void ReadWords(List<Token> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word.Text == ModelWords.Nothing)
                _nothing = true;
            else if (word.Text == ModelWords.Optional)
                _optional = true;
            else if (word.Text == ModelWords.Composes)
                ReadStep(word, i + 1 < words.Count ? words[++i] : null);
            else if (ModelWords.Effects.TryGetValue(word.Text, out var effect))
                _effect |= effect;
            else if (ModelWords.RowCounts.TryGetValue(word.Text, out var rows))
                SetRows(word, rows);
            else if (word.Text.IndexOf(':') is > 0 and var colon)
                ReadRole(word, colon);
            else
                Report(word.Span, word.IsMemberName
                    ? $"'{word.Text}' stands behind words; the names of a row come first"
                    : $"'{word.Text}' is not a word of a member row. Allowed: {ModelWords.MemberWords}");
        }
    }

    private void ReadStep(Token composes, Token? step)
    {
        if (step is { } word && ModelWords.Steps.TryGetValue(word.Text, out var known))
        {
            if (_step != QueryStep.None && _step != known)
                Report(word.Span, "A row composes one step; this one names a second");
            _effect |= DbEffect.Composes;
            _step = known;
        }
        else
        {
            Report(step?.Span ?? composes.Span, $"'composes' needs the step behind it. Allowed: {ModelWords.List(ModelWords.Steps.Keys)}");
        }
    }

    private void SetRows(Token word, RowCount rows)
    {
        if (_rows != RowCount.Unknown && _rows != rows)
            Report(word.Span, $"'{word.Text}' contradicts an earlier word: a row says only one of {ModelWords.List(ModelWords.RowCounts.Keys)}");
        _rows = rows;
    }

    private void ReadRole(Token word, int colon)
    {
        var roleName = word.Text.Substring(0, colon);
        if (!ModelWords.Roles.TryGetValue(roleName, out var role))
        {
            Report(word.Span, $"'{roleName}' is not a role. Allowed: {ModelWords.List(ModelWords.Roles.Keys)}");
            return;
        }

        if (!_roles.TryGetValue(role, out var names))
            _roles.Add(role, names = []);
        var start = word.Span.Start + colon + 1;
        foreach (var name in word.Text.Substring(colon + 1).Split('|'))
        {
            if (!Token.IsIdentifier(name))
                Report(word.Span, $"'{roleName}:' needs the name of a parameter behind it, or this, or return, and '|' between several names");
            names.Add(name);
            _parameters.Add((name, new TextSpan(start, name.Length)));
            start += name.Length + 1;
        }
    }

    /// <summary>Adds a group with its brackets expanded: <c>First[OrDefault][Async]</c> is four names.</summary>
    private void Expand(Token group, List<(string Name, bool HasAsyncTwin, TextSpan Span)> expanded)
    {
        var names = new List<string> { "" };
        var brackets = 0;
        var hasAsyncTwin = false;
        var position = 0;
        while (position < group.Text.Length)
        {
            if (group.Text[position] == '[')
            {
                var end = group.Text.IndexOf(']', position);
                if (end < 0 || ++brackets > MaxBrackets)
                {
                    ReportName(group);
                    return;
                }

                var piece = group.Text.Substring(position + 1, end - position - 1);
                hasAsyncTwin |= piece == ModelWords.Async;
                names = [.. names, .. names.Select(name => name + piece)];
                position = end + 1;
            }
            else
            {
                var end = group.Text.IndexOf('[', position);
                end = end < 0 ? group.Text.Length : end;
                var piece = group.Text.Substring(position, end - position);
                names = [.. names.Select(name => name + piece)];
                position = end;
            }
        }

        if (names.Any(name => name != ModelWords.Constructor && !Token.IsIdentifier(name)) || names.Distinct().Count() < names.Count)
        {
            ReportName(group);
            return;
        }

        expanded.AddRange(names.Select(name => (name, hasAsyncTwin, group.Span)));
    }

    private void ReportName(Token group) =>
        Report(group.Span, $"'{group.Text}' is not the name of a member or a group such as Find, .ctor or First[OrDefault][Async] (at most {MaxBrackets} brackets)");

    private void Report(TextSpan span, string message)
    {
        _broken = true;
        reader.Report(span, message);
    }
}
