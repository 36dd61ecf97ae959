using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.SqlText;

/// <summary>A value in the strings that a SQL text is written in, and what a parameter in its place holds.</summary>
internal sealed class SplicedPlace
{
    private readonly string _before;
    private readonly string _after;

    private SplicedPlace(TextSpan span, ExpressionSyntax? value, string valueText, string name, InterpolatedStringExpressionSyntax? text, string before = "", string after = "")
    {
        Source = span;
        Span = span;
        Value = value;
        ValueText = valueText;
        Name = name;
        Text = text;
        _before = before;
        _after = after;
    }

    /// <summary>What is replaced.</summary>
    public TextSpan Span { get; }

    /// <summary>Where the value stands, which may be behind the string.</summary>
    public TextSpan Source { get; private init; }

    /// <summary>The <c>string.Format</c> whose string it stands in; null for any other string.</summary>
    public InvocationExpressionSyntax? Format { get; private init; }

    /// <summary>Whether the text of its value may be read where it is null, since what runs only sometimes has it.</summary>
    public bool IsMovedOut { get; private init; }

    /// <summary>The value as it stands; null where more text is around it in the same string of SQL.</summary>
    public ExpressionSyntax? Value { get; }

    /// <summary>The value of the parameter as code.</summary>
    public string ValueText { get; }

    public string Name { get; private set; }

    /// <summary>The interpolated string that it stands in; null in a sum of strings.</summary>
    public InterpolatedStringExpressionSyntax? Text { get; }

    /// <summary>The list whose elements get a parameter each; null for a single parameter.</summary>
    public CountedList? Elements { get; private init; }

    /// <summary>Whether the value is a name that can be read once for several places.</summary>
    private bool IsName { get; init; }

    /// <summary>Whether its parameter holds a list.</summary>
    public bool IsList { get; private init; }

    /// <summary>The place in source; null where it cannot be edited.</summary>
    /// <param name="edit">The document.</param>
    /// <param name="hint">The values of the text.</param>
    /// <param name="index">The one that is meant.</param>
    public static SplicedPlace? At(DocumentEdit edit, SpliceHint hint, int index)
    {
        (TextSpan span, TextSpan value, string name) = (hint.Places[index], hint.Values[index], hint.Names[index]);
        if (edit.Find<ExpressionSyntax>(value) is not { } filledIn || DocumentEdit.HasComment(edit.Root.FindNode(span), span))
            return null;
        if (hint.Lists[index] != SpliceList.None)
            return OfList(edit, span, filledIn, name, hint.Lists[index]);
        if (filledIn.Parent is InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax text } hole)
            return (span == value ? new SplicedPlace(hole.Span, filledIn, filledIn.ToString(), name, text) : InInterpolated(edit, span, hole, text, name)) is { } found ? found.MovedTo(hint, edit, filledIn) : null;
        if (filledIn.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax format } && LiteralAt(edit, span.Start) is { Parent: ArgumentSyntax { Parent.Parent: var around } } && around == format)
            return InFormat(edit, span, filledIn, format, name) is { } inFormat ? inFormat.MovedTo(hint, edit, filledIn) : null;
        return (span == value ? Bare(filledIn, name) : InSum(edit, span, filledIn, name)) is { } inSum ? inSum.MovedTo(hint, edit, filledIn) : null;
    }

    /// <summary>The place of an argument that is counted, as the string has to spell it.</summary>
    /// <param name="index">The argument.</param>
    /// <param name="isPlain">Whether its interpolated string becomes a plain one.</param>
    public string Placeholder(int index, bool isPlain) => Text is null || isPlain ? $"{{{index}}}" : $"{{{{{index}}}}}";

    /// <summary>The first of the places whose parameter holds what that of this one would hold; this one where there is none.</summary>
    public SplicedPlace FirstOfSameValue(IEnumerable<SplicedPlace> places) =>
        places.First(place => place == this || (IsName && place.IsName && ValueText == place.ValueText && IsMovedOut == place.IsMovedOut));

    /// <summary>The places whose parameters serve all, with the names that the others do not need: a second value is not the third.</summary>
    public static List<SplicedPlace> OnePerValue(IReadOnlyList<SplicedPlace> places)
    {
        List<SplicedPlace> found = [.. places.Select(place => place.FirstOfSameValue(places)).Distinct()];
        if (found.Count == places.Count)
            return found;
        ILookup<string, string> names = places.Where(static place => place.IsName).ToLookup(static place => StemOf(place.Name), static place => place.Name);
        foreach (IGrouping<string, SplicedPlace> alike in found.Where(static place => place.IsName).GroupBy(static place => StemOf(place.Name)).ToList())
        {
            foreach ((SplicedPlace place, string name) in alike.Zip(names[alike.Key], static (place, name) => (place, name)).ToList())
                place.Name = name;
        }

        return found;

        static string StemOf(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
    }

    /// <summary>Writes a parameter in its place, or one for each element of its list.</summary>
    /// <param name="edit">The document.</param>
    /// <param name="parameter">The parameter with its prefix.</param>
    public void Replace(DocumentEdit edit, string parameter) => edit.Replace(Span, _before + (Elements?.NamesOf(parameter) ?? parameter) + _after);

    /// <summary>Whether nothing is interpolated any more when the places have parameters.</summary>
    public static bool BecomesPlain(InterpolatedStringExpressionSyntax text, IReadOnlyList<SplicedPlace> places) =>
        text.Contents.All(part => part is InterpolationSyntax ? places.Any(place => place.Elements is null && place.Span.Contains(part.Span)) : part.ToString().IndexOfAny(['{', '}']) < 0);

    /// <summary>Takes the sign of an interpolated string away.</summary>
    public static void MakePlain(InterpolatedStringExpressionSyntax text, DocumentEdit edit) => edit.Replace(text.StringStartToken.Span, text.StringStartToken.Text.Replace("$", ""));

    private SplicedPlace MovedTo(SpliceHint hint, DocumentEdit edit, ExpressionSyntax filledIn)
    {
        SyntaxNode? around = edit.Root.FindNode(Source).FirstAncestorOrSelf<StatementSyntax>()?.Parent;
        return new SplicedPlace(Span, Value, ValueText, Name, Text, _before, _after) { Source = Source, Format = Format, IsMovedOut = around?.Span.Contains(hint.Target) == false, IsName = filledIn is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax or ThisExpressionSyntax } };
    }

    /// <summary>The parentheses of a list, or what compares with it as a whole.</summary>
    private static SplicedPlace? OfList(DocumentEdit edit, TextSpan span, ExpressionSyntax list, string name, SpliceList kind)
    {
        InterpolatedStringExpressionSyntax? text = list.Ancestors().OfType<InterpolatedStringExpressionSyntax>().LastOrDefault(one => one.Span.Contains(span));
        if (text is null && (LiteralAt(edit, span.Start) is not { } left || LiteralAt(edit, span.End - 1) is not { } right || left == right || !IsSameKind(left, right) || !IsInSumOf(list, left, right)))
            return null;
        if (kind == SpliceList.Each)
        {
            string sign = text is null ? "" : new string('{', Math.Max(1, text.StringStartToken.Text.Contains("\"\"\"") ? text.StringStartToken.Text.Count(static sign => sign == '$') : 1));
            string open = text is null ? OpeningOf(LiteralAt(edit, span.End - 1)!) : "";
            return CountedList.Of(list, edit) is { } elements
                ? new SplicedPlace(span, list, list.ToString(), name, text, text is null ? "(\" + " : "(" + sign, text is null ? " + " + open + ")" : sign.Replace('{', '}') + ")") { Elements = elements, IsList = true }
                : null;
        }

        (string before, string after) = kind switch
        {
            SpliceList.Any => ("= ANY(", ")"),
            SpliceList.NotAny => ("<> ALL(", ")"),
            _ => ("", ""),
        };
        return new SplicedPlace(span, list, list.ToString(), name, text, before, after) { IsList = true };
    }

    /// <summary>A value that a placeholder of a format string stands for.</summary>
    private static SplicedPlace? InFormat(DocumentEdit edit, TextSpan span, ExpressionSyntax value, InvocationExpressionSyntax format, string name)
    {
        string written = edit.Slice(span);
        int quote = written.IndexOf('\'');
        string inner = quote < 0 ? written : written.Substring(quote + 1, written.Length - quote - 2);
        int open = inner.IndexOf('{');
        int close = inner.IndexOf('}');
        // With a format of its own, or beside others, it is another text.
        if (open < 0 || close < open || inner.LastIndexOf('{') != open || inner.LastIndexOf('}') != close || !inner.Substring(open + 1, close - open - 1).All(char.IsDigit) || inner.IndexOfAny(['\\', '"', '\n']) >= 0)
            return null;
        if (open == 0 && close == inner.Length - 1)
            return new SplicedPlace(span, value, value.ToString(), name, null) { Source = value.Span, Format = format };
        return value is IdentifierNameSyntax or MemberAccessExpressionSyntax
            ? new SplicedPlace(span, null, "$\"" + inner.Substring(0, open + 1) + value + inner.Substring(close) + "\"", name, null) { Source = value.Span, Format = format }
            : null;
    }

    private static SplicedPlace? InInterpolated(DocumentEdit edit, TextSpan span, InterpolationSyntax hole, InterpolatedStringExpressionSyntax text, string name)
    {
        if (!text.Span.Contains(span))
            return null;
        int quote = edit.Text[span.Start] == '\'' ? span.Start + 1 : span.Start + 2;
        TextSpan inner = TextSpan.FromBounds(quote, span.End - 1);
        if (inner == hole.Span && hole is { FormatClause: null, AlignmentClause: null })
            return new SplicedPlace(span, hole.Expression, hole.Expression.ToString(), name, text);
        string written = edit.Slice(inner);
        bool isRaw = text.StringStartToken.Text.Contains("\"\"\"");
        return isRaw || written.Contains('\n') ? null : new SplicedPlace(span, null, text.StringStartToken.Text + written + text.StringEndToken.Text, name, text);
    }

    /// <summary>A string of SQL that one string of the code begins and another ends.</summary>
    private static SplicedPlace? InSum(DocumentEdit edit, TextSpan span, ExpressionSyntax value, string name)
    {
        if (LiteralAt(edit, span.Start) is not { } left || LiteralAt(edit, span.End - 1) is not { } right || left == right || !IsSameKind(left, right) || !IsInSumOf(value, left, right))
            return null;
        string open = OpeningOf(left);
        int quote = edit.Text[span.Start] == '\'' ? span.Start + 1 : span.Start + 2;
        TextSpan inner = TextSpan.FromBounds(quote, span.End - 1);
        bool isBareLeft = inner.Start == left.Span.End - 1;
        bool isBareRight = inner.End == right.SpanStart + open.Length;
        if (isBareLeft && isBareRight && value.Parent is BinaryExpressionSyntax && TextSpan.FromBounds(left.Span.End, right.SpanStart) is var between && IsOnlyOperand(edit.Slice(between), value))
            return new SplicedPlace(span, value, value.ToString(), name, null);
        string written = isBareLeft ? edit.Slice(TextSpan.FromBounds(left.Span.End, inner.End)).TrimStart(' ', '\t', '\r', '\n', '+') : open + edit.Slice(inner);
        if (isBareRight)
            written = written.Substring(0, written.Length - open.Length).TrimEnd(' ', '\t', '\r', '\n', '+');
        else
            written += "\"";
        return written.Contains('\n') ? null : new SplicedPlace(span, null, written, name, null);
    }

    /// <summary>An operand of a sum that stands without quotes.</summary>
    private static SplicedPlace? Bare(ExpressionSyntax value, string name)
    {
        if (value.Parent is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum || sum.Right != value || LastOf(sum.Left) is not { } left)
            return null;
        string open = OpeningOf(left);
        ExpressionSyntax? next = sum.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } outer && outer.Left == sum ? outer.Right : null;
        if (next is null)
            return sum.Parent is ParenthesizedExpressionSyntax ? null : new SplicedPlace(TextSpan.FromBounds(left.Span.End - 1, value.Span.End), value, value.ToString(), name, null, "", "\"");
        return next is LiteralExpressionSyntax right && IsSameKind(left, right)
            ? new SplicedPlace(TextSpan.FromBounds(left.Span.End - 1, right.SpanStart + open.Length), value, value.ToString(), name, null)
            : null;
    }

    private static LiteralExpressionSyntax? LastOf(ExpressionSyntax sum) =>
        (sum is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } added ? added.Right : sum) is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal && IsPlain(literal) ? literal : null;

    private static LiteralExpressionSyntax? LiteralAt(DocumentEdit edit, int position) => edit.Root.FindToken(position).Parent is LiteralExpressionSyntax literal && IsPlain(literal) ? literal : null;

    private static bool IsPlain(LiteralExpressionSyntax literal) => literal.Token.IsKind(SyntaxKind.StringLiteralToken);

    private static bool IsSameKind(LiteralExpressionSyntax left, LiteralExpressionSyntax right) => IsPlain(left) && IsPlain(right) && OpeningOf(left) == OpeningOf(right);

    /// <summary>Whether one sum has the value between both strings.</summary>
    private static bool IsInSumOf(ExpressionSyntax value, LiteralExpressionSyntax left, LiteralExpressionSyntax right) =>
        value.Ancestors().OfType<BinaryExpressionSyntax>().Any(sum => sum.IsKind(SyntaxKind.AddExpression) && sum.Span.Contains(left.Span) && sum.Span.Contains(right.Span) && IsOperandOf(sum, left) && IsOperandOf(sum, right));

    private static bool IsOperandOf(BinaryExpressionSyntax sum, SyntaxNode literal)
    {
        SyntaxNode? current = literal.Parent;
        while (current != sum && current is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression })
            current = current.Parent;
        return current == sum;
    }

    private static string OpeningOf(LiteralExpressionSyntax literal) => literal.Token.Text[0] == '@' ? "@\"" : "\"";

    private static bool IsOnlyOperand(string between, ExpressionSyntax value) => between.Trim().Trim('+').Trim() == value.ToString();
}
