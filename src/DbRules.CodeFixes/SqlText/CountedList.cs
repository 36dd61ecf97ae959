using DbRules.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.SqlText;

/// <summary>A list in code whose elements become parameters of their own, called by a name and their number.</summary>
internal sealed class CountedList
{
    private readonly string _list;
    private readonly string _count;
    private readonly string _index;
    private readonly string _otherwise;
    private readonly bool _holdsNull;

    private CountedList(string list, string count, string index, string otherwise, bool holdsNull)
    {
        _list = list;
        _count = count;
        _index = index;
        _otherwise = otherwise;
        _holdsNull = holdsNull;
    }

    /// <summary>Reads a list; null where it is none that can be counted, or LINQ is not at hand.</summary>
    /// <param name="list">The list, in the call that joins its elements or in one that puts quotes around them.</param>
    /// <param name="edit">The document.</param>
    public static CountedList? Of(ExpressionSyntax list, DocumentEdit edit)
    {
        (string? count, NullableAnnotation annotation) = edit.Model.GetTypeInfo(list).Type switch
        {
            IArrayTypeSymbol array => ("Length", array.ElementNullableAnnotation),
            INamedTypeSymbol { TypeArgumentNullableAnnotations: [var element] } => ("Count", element),
            _ => (null, NullableAnnotation.None),
        };
        if (count is null || !edit.Imports.HasEnumerable("Select", list.SpanStart))
            return null;
        // Of no elements, a join that puts quotes around the whole makes an empty text.
        string otherwise = list.Parent is ArgumentSyntax ? ".DefaultIfEmpty(\"''\")" : "";
        return new CountedList(list.ToString(), count, edit.NamesAround(list).Local("i", "index"), otherwise, annotation != NullableAnnotation.NotAnnotated);
    }

    /// <summary>The value of the parameter of one element.</summary>
    public string Element => _holdsNull ? $"{_list}[{_index}] ?? \"\"" : $"{_list}[{_index}]";

    /// <summary>The code for the name of the parameter of one element.</summary>
    public string NameOf(string parameter) => $"$\"{parameter}{{{_index}}}\"";

    /// <summary>The code for the names of all parameters, as SQL lists them.</summary>
    public string NamesOf(string parameter) => $"string.Join(\", \", {_list}.Select((_, {_index}) => {NameOf(parameter)}){_otherwise})";

    /// <summary>Lines that run for each element.</summary>
    public IEnumerable<string> Around(IReadOnlyList<string> lines)
    {
        yield return $"for (var {_index} = 0; {_index} < {_list}.{_count}; {_index}++)";
        if (lines.Count > 1)
            yield return "{";
        foreach (string line in lines)
            yield return "    " + line;
        if (lines.Count > 1)
            yield return "}";
    }
}
