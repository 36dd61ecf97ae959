using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Models;

/// <summary>Reads one <c>.dbmodel</c> file. Never throws: what cannot be used is a problem, and the other rows still count.</summary>
internal sealed class ModelReader
{
    private readonly string _path;
    private readonly SourceText _text;
    private readonly ImmutableArray<ModelProblem>.Builder _problems = ImmutableArray.CreateBuilder<ModelProblem>();
    private readonly ImmutableArray<TypeRow>.Builder _types = ImmutableArray.CreateBuilder<TypeRow>();
    private readonly Dictionary<string, int> _typeLines = new(StringComparer.Ordinal);
    private readonly List<Token> _namesWaiting = [];
    private string _library;
    private TypeRow? _type;
    private bool _typeIsBroken;

    private ModelReader(SourceText text, string path)
    {
        _text = text;
        _path = path;
        _library = FileName(path);
    }

    internal static ModelFile Read(SourceText text, string path) => new ModelReader(text, path).Read();

    private ModelFile Read()
    {
        foreach (var line in _text.Lines)
        {
            var tokens = Token.Split(_text, line);
            if (tokens.Count == 0)
                continue;
            if (tokens[0].Span.Start > line.Start)
            {
                ReadRow(tokens);
                continue;
            }

            EndNames();
            if (tokens[0].Text == ModelWords.Library)
                ReadLibrary(tokens);
            else if (tokens[0].Text == ModelWords.Type)
                ReadType(tokens);
            else
                Report(tokens[0].Span, $"A line starts with 'library NAME' or 'type NAME', a member row with a space; '{tokens[0].Text}' is neither");
        }

        EndNames();
        return new ModelFile(_path, _text, _types.ToImmutable(), _problems.ToImmutable());
    }

    private void ReadLibrary(List<Token> tokens)
    {
        if (tokens.Count == 1)
            Report(tokens[0].Span, "'library' needs the name of the library behind it");
        else
            _library = string.Join(" ", tokens.ConvertAll(token => token.Text).GetRange(1, tokens.Count - 1));
    }

    private void ReadType(List<Token> tokens)
    {
        _type = null;
        _typeIsBroken = true;
        if (tokens.Count == 1 || !IsTypeName(tokens[1].Text))
        {
            Report(tokens[tokens.Count == 1 ? 0 : 1].Span, "'type' needs the full name of a type behind it, such as Some.Namespace.Outer+Nested`1");
            return;
        }

        var name = tokens[1];
        if (_typeLines.TryGetValue(name.Text, out var line))
        {
            Report(name.Span, $"'{name.Text}' already stands in line {line}; its rows belong there");
            return;
        }

        _typeLines.Add(name.Text, _text.Lines.GetLinePosition(name.Span.Start).Line + 1);
        _typeIsBroken = false;
        _type = new TypeLineReader(this).Read(name, tokens, start: 2, _library);
        _types.Add(_type);
    }

    private void ReadRow(List<Token> tokens)
    {
        if (_type is null)
        {
            if (!_typeIsBroken)
                Report(tokens[0].Span, "A member row needs a 'type' line above it");
            return;
        }

        var names = tokens.FindIndex(token => !token.IsMemberName);
        names = names < 0 ? tokens.Count : names;
        if (names == 0 && _namesWaiting.Count == 0)
        {
            Report(tokens[0].Span, $"A member row starts with the name of a member, which begins with an upper-case letter or is .ctor; '{tokens[0].Text}' does not");
            return;
        }

        _namesWaiting.AddRange(tokens.GetRange(0, names));
        if (names == tokens.Count)
            return;

        var row = new RowReader(this).Read(_type.Model, _library, _namesWaiting, tokens, names);
        _namesWaiting.Clear();
        if (row is not null)
            AddRow(_type, row);
    }

    private void AddRow(TypeRow type, MemberRow row)
    {
        foreach (var member in row.Members)
        {
            if (type.Member(member.Model.Name) is not null)
            {
                Report(member.Span, $"'{member.Model.Name}' of '{type.Model.Name}' already has a row, and one row speaks for all its overloads");
                return;
            }
        }

        if (type.TryAdd(row) is { } twice)
            Report(twice.Span, $"'{twice.Model.Name}' stands twice in this row");
    }

    /// <summary>Names alone wait for the words of the next row; here none came.</summary>
    private void EndNames()
    {
        if (_namesWaiting.Count > 0)
            Report(_namesWaiting[0].Span, $"No words follow '{_namesWaiting[0].Text}', neither here nor in the next row; 'nothing' says that it does nothing");
        _namesWaiting.Clear();
    }

    internal void Report(TextSpan span, string message) =>
        _problems.Add(new ModelProblem(message, _path, span, _text.Lines.GetLinePositionSpan(span)));

    private static bool IsTypeName(string name) => Array.TrueForAll(name.Split('.', '+'), IsTypeNamePart);

    private static bool IsTypeNamePart(string part)
    {
        var tick = part.IndexOf('`');
        return tick < 0
            ? Token.IsIdentifier(part)
            : Token.IsIdentifier(part.Substring(0, tick)) && byte.TryParse(part.Substring(tick + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    private static string FileName(string path)
    {
        var name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        var dot = name.IndexOf('.');
        return dot > 0 ? name.Substring(0, dot) : name;
    }
}
