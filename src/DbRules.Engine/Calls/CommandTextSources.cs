using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Calls;

/// <summary>The parts of a SQL text with the code that each comes from.</summary>
internal sealed class CommandTextSources
{
    private readonly List<SqlTextPart> _parts = [];
    private readonly List<PartOrigin> _sources = [];

    /// <summary>The text; positions in it can be located from then on.</summary>
    public SqlText Text { get; private set; } = SqlText.From((string?)null);

    public void AddLiteral(string? text, SyntaxNode source)
    {
        if (!string.IsNullOrEmpty(text))
            Add(SqlTextPart.Literal(text), new PartOrigin(source, null, 0, null));
    }

    /// <summary>A piece of a longer literal, as a format string is taken apart.</summary>
    public void AddPiece(string whole, int start, int length, SyntaxNode source)
    {
        if (length > 0)
            Add(SqlTextPart.Literal(whole.Substring(start, length)), new PartOrigin(source, whole, start, null));
    }

    /// <summary>A constant, by the literals that the code writes it with where they stand in view: in place, or in a field's initializer.</summary>
    public void AddConstant(string text, SyntaxNode source, ISymbol? declared)
    {
        ExpressionSyntax? written = source as ExpressionSyntax;
        if (declared?.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initializer })
            written = initializer;
        int count = _parts.Count;
        if (written is not null && AddWritten(written) && IsWritten(count, text))
            return;
        TakeBack(count);
        AddLiteral(text, source);
    }

    /// <summary>How many parts there are.</summary>
    public int Count => _parts.Count;

    /// <summary>Makes room for parts that are about to come.</summary>
    public void Reserve(int parts)
    {
        int needed = _parts.Count + parts;
        if (needed <= _parts.Capacity)
            return;
        _parts.Capacity = needed;
        _sources.Capacity = needed;
    }

    /// <summary>Takes the last parts away, until so many are left.</summary>
    public void TakeBack(int count)
    {
        _parts.RemoveRange(count, _parts.Count - count);
        _sources.RemoveRange(count, _sources.Count - count);
    }

    /// <summary>A value that the code fills in when it runs; its ordinal is the part's index.</summary>
    /// <param name="value">The value.</param>
    /// <param name="helper">The call in whose method it stands; null where it stands in the body that the text is asked of.</param>
    public void AddHole(IOperation value, HelperCall? helper) => Add(SqlTextPart.Hole(_parts.Count), new PartOrigin(value.Syntax, null, 0, value, helper));

    public SqlText Build() => Text = SqlText.From(_parts);

    /// <summary>
    /// The code of a stretch of the text: from its first word to its last where both stand in one string, else as much of it as stands with the first.
    /// The whole expression where a literal is not in view; null outside the text.
    /// </summary>
    public Location? LocationOf(SqlSpan span)
    {
        int lastCharacter = span.Length > 0 ? span.End - 1 : span.Start;
        if (Text.Locate(span.Start) is not { } first || Text.Locate(lastCharacter) is not { } last || first.PartIndex >= _sources.Count)
            return null;
        SyntaxNode node = _sources[first.PartIndex].Node;
        bool isOnePart = first.PartIndex == last.PartIndex;
        int length = isOnePart ? span.Length : Text.Parts[first.PartIndex].Length - first.Offset;
        TextSpan start = SpanIn(first.PartIndex, first.Offset, length);
        if (isOnePart)
            return node.SyntaxTree.GetLocation(start);
        SyntaxNode other = _sources[last.PartIndex].Node;
        TextSpan end = SpanIn(last.PartIndex, 0, last.Offset + 1);
        bool isOneString = other.SyntaxTree == node.SyntaxTree && end.End >= start.End && StringAround(node) == StringAround(other);
        return node.SyntaxTree.GetLocation(isOneString ? TextSpan.FromBounds(start.Start, end.End) : start);
    }

    /// <inheritdoc cref="CommandText.SpanOf"/>
    public TextSpan? SpanOf(SqlSpan span, SyntaxTree tree)
    {
        if (span.Length == 0 || Text.Locate(span.Start) is not { } first || Text.Locate(span.End - 1) is not { } last || first.PartIndex != last.PartIndex || Text.Parts[first.PartIndex].IsHole)
            return null;
        PartOrigin source = _sources[first.PartIndex];
        return source.Node.SyntaxTree == tree ? source.Find(Text.Parts[first.PartIndex].Text, first.Offset, span.Length) : null;
    }

    /// <inheritdoc cref="CommandText.PositionBehind"/>
    public int? PositionBehind(int position, SyntaxTree tree)
    {
        if (Text.Locate(position - 1) is not { } last || _sources[last.PartIndex].Node is not { } node || node.SyntaxTree != tree)
            return null;
        SqlTextPart part = Text.Parts[last.PartIndex];
        if (!part.IsHole && _sources[last.PartIndex].Find(part.Text, last.Offset, 1) is { } character)
            return character.End;
        return last.Offset + 1 == part.Length && node.Parent is InterpolationSyntax hole ? hole.Span.End : null;
    }

    /// <summary>The code behind a hole or a literal: the expression that is filled in, or the string.</summary>
    public SyntaxNode NodeOf(int part) => _sources[part].Node;

    /// <summary>The value that is filled in; null for a literal.</summary>
    public IOperation? ValueOf(int part) => _sources[part].Value;

    /// <summary>The call in whose method a hole stands; null where it stands in the body that the text is asked of.</summary>
    public HelperCall? HelperOf(int part) => _sources[part].Helper;

    private TextSpan SpanIn(int part, int offset, int length) =>
        (Text.Parts[part].IsHole ? null : _sources[part].Find(Text.Parts[part].Text, offset, length)) ?? _sources[part].Node.Span;

    private static SyntaxNode StringAround(SyntaxNode node)
    {
        SyntaxNode current = node;
        while (current.Parent is { } parent && (parent is InterpolatedStringExpressionSyntax or InterpolationSyntax or ParenthesizedExpressionSyntax || parent.IsKind(SyntaxKind.AddExpression)))
            current = parent;
        return current;
    }

    private void Add(SqlTextPart part, PartOrigin source)
    {
        _parts.Add(part);
        _sources.Add(source);
    }

    /// <summary>Adds the literals of a concatenation; false when anything else is in it.</summary>
    private bool AddWritten(ExpressionSyntax written)
    {
        var open = new Stack<ExpressionSyntax>();
        open.Push(written);
        while (open.Count > 0)
        {
            switch (open.Pop())
            {
                case ParenthesizedExpressionSyntax { Expression: var inner }:
                    open.Push(inner);
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                    open.Push(sum.Right);
                    open.Push(sum.Left);
                    break;
                case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression, Token: var token } literal:
                    AddLiteral(token.ValueText, literal);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private bool IsWritten(int from, string text)
    {
        int at = 0;
        for (int i = from; i < _parts.Count; i++)
        {
            string part = _parts[i].Text;
            if (string.CompareOrdinal(text, at, part, 0, part.Length) != 0)
                return false;
            at += part.Length;
        }

        return at == text.Length;
    }

    /// <summary>Where a part comes from.</summary>
    /// <param name="Node">The literal, or the expression that is filled in.</param>
    /// <param name="Whole">The value of the literal where the part is only a piece of it.</param>
    /// <param name="Start">Where in that value the piece starts.</param>
    /// <param name="Value">The value that is filled in; null for a literal.</param>
    /// <param name="Helper">The call in whose method that value stands; null for a literal, and where it stands in the body that the text is asked of.</param>
    private readonly record struct PartOrigin(SyntaxNode Node, string? Whole, int Start, IOperation? Value, HelperCall? Helper = null)
    {
        public TextSpan? Find(string text, int offset, int length) => LiteralPositions.Find(Node, Whole ?? text, Start + offset, length);
    }
}
