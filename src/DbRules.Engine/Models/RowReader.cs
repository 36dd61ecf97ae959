using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Models;

/// <summary>Reads the words of one member row and expands its names. A row with a problem does not count at all.</summary>
internal sealed class RowReader(ModelReader reader)
{
    // Sixteen names a group: more brackets are a mistake, and 2 to their number would be unbounded work.
    private const int MaxBrackets = 4;

    private readonly List<string>?[] _roles = new List<string>?[ModelWords.Roles.Count];
    private readonly List<Token> _parameters = [];
    private DbEffect _effect;
    private RowCount _rows;
    private QueryStep _step;
    private bool _optional;
    private bool _nothing;
    private bool _broken;

    /// <summary>Reads a row: the groups before it, and its words from a position on. Null when it has a problem, which was then reported.</summary>
    public MemberRow? Read(TypeModel type, string library, List<Token> groups, List<Token> words, int start)
    {
        ReadWords(words, start);
        if (_nothing && (_effect != DbEffect.None || _rows != RowCount.Unknown || _parameters.Count > 0))
            Report(groups[0].Span, $"'nothing' says that '{groups[0].Text}' does nothing; it cannot stand beside other words");
        var roles = new ParameterRoles(_roles);
        var members = new List<RowMember>();
        foreach (var group in groups)
        {
            foreach (var name in Expand(group, out var hasAsyncTwin))
                members.Add(new RowMember(new MemberModel(library, type.Name, name, _effect, _rows, _step, hasAsyncTwin, roles), group.Span));
        }

        return _broken ? null : new MemberRow(members, _parameters, _optional);
    }

    private void ReadWords(List<Token> words, int start)
    {
        for (var i = start; i < words.Count; i++)
        {
            var word = words[i];
            if (word.Text == ModelWords.Nothing)
                _nothing = true;
            else if (word.Text == ModelWords.Optional)
                _optional = true;
            else if (word.Text == ModelWords.Composes)
                ReadStep(word, i + 1 < words.Count ? words[++i] : null);
            else if (ModelWords.Effects.TryGetValue(word.Text, out var effect))
                _effect |= (DbEffect)effect;
            else if (ModelWords.RowCounts.TryGetValue(word.Text, out var rows))
                SetRows(word, (RowCount)rows);
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
        if (step is not null && ModelWords.Steps.TryGetValue(step.Text, out var known))
        {
            if (_step != QueryStep.None && _step != (QueryStep)known)
                Report(step.Span, "A row composes one step; this one names a second");
            _effect |= DbEffect.Composes;
            _step = (QueryStep)known;
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

        var names = _roles[role] ??= [];
        var start = word.Span.Start + colon + 1;
        foreach (var name in word.Text.Substring(colon + 1).Split('|'))
        {
            if (!Token.IsIdentifier(name))
                Report(word.Span, $"'{roleName}:' needs the name of a parameter behind it, or this, or return, and '|' between several names");
            names.Add(name);
            _parameters.Add(new Token(name, new TextSpan(start, name.Length)));
            start += name.Length + 1;
        }
    }

    /// <summary>The names of a group: <c>First[OrDefault][Async]</c> is four. None when it is no group, which was then reported.</summary>
    private List<string> Expand(Token group, out bool hasAsyncTwin)
    {
        hasAsyncTwin = false;
        var names = new List<string> { "" };
        var brackets = 0;
        for (var position = 0; position < group.Text.Length;)
        {
            var isOptional = group.Text[position] == '[';
            var start = isOptional ? position + 1 : position;
            var end = group.Text.IndexOf(isOptional ? ']' : '[', start);
            if (isOptional && (end < 0 || ++brackets > MaxBrackets))
                return ReportName(group);
            end = end < 0 ? group.Text.Length : end;
            var piece = group.Text.Substring(start, end - start);
            hasAsyncTwin |= isOptional && piece == ModelWords.Async;
            for (var i = names.Count - 1; i >= 0; i--)
            {
                if (isOptional)
                    names.Add(names[i] + piece);
                else
                    names[i] += piece;
            }

            position = isOptional ? end + 1 : end;
        }

        for (var i = 0; i < names.Count; i++)
        {
            if (names.IndexOf(names[i]) != i || (names[i] != ModelWords.Constructor && !Token.IsIdentifier(names[i])))
                return ReportName(group);
        }

        return names;
    }

    private List<string> ReportName(Token group)
    {
        Report(group.Span, $"'{group.Text}' is not the name of a member or a group such as Find, .ctor or First[OrDefault][Async] (at most {MaxBrackets} brackets)");
        return [];
    }

    private void Report(TextSpan span, string message)
    {
        _broken = true;
        reader.Report(span, message);
    }
}
