using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.SqlText;

/// <summary>Passes the values that are spliced into one SQL text as parameters.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SplicedValueFix))]
[Shared]
public sealed class SplicedValueFix() : DocumentFix("DBR501", Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Pass as parameter";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (SpliceHint.From(diagnostic.Properties) is not { } hint || edit.Find<ExpressionSyntax>(hint.Target) is not { } target || !edit.IsWellFormed(target))
            return false;
        var places = new List<SplicedPlace>();
        for (int i = 0; i < hint.Places.Length; i++)
        {
            if (SplicedPlace.At(edit, hint, i) is { } place && edit.IsFree(place.Span))
                places.Add(place);
        }

        // A place that cannot be edited keeps its value, but the one that is asked about has to go.
        if (!places.Any(place => place.Span.Contains(diagnostic.Location.SourceSpan) || place.Source.Contains(diagnostic.Location.SourceSpan)) || !edit.IsFree(hint.Target))
            return false;
        InterpolatedStringExpressionSyntax[] texts = [.. places.Select(static place => place.Text).OfType<InterpolatedStringExpressionSyntax>().Distinct().Where(text => SplicedPlace.BecomesPlain(text, places))];
        // A raw string has no way to spell the braces of a placeholder beside those of its holes.
        if (hint.Holder == SpliceHolder.Placeholders && places.Any(place => place.Text is { } text && text.StringStartToken.Text.Contains("\"\"\"") && !texts.Contains(text)))
            return false;
        return edit.TryAll(() =>
        {
            InvocationExpressionSyntax[] formats = [.. places.Select(static place => place.Format).OfType<InvocationExpressionSyntax>().Distinct()];
            if (!formats.All(format => FormatCall.TryReduce(format, places, hint.Holder == SpliceHolder.Placeholders, edit)))
                return false;
            List<SplicedPlace> parameters = SplicedPlace.OnePerValue(places);
            int first = ParameterWriter.TryAdd(hint, parameters, edit);
            if (first < 0)
                return false;
            foreach (SplicedPlace place in places)
            {
                SplicedPlace parameter = place.FirstOfSameValue(places);
                place.Replace(edit, hint.Holder == SpliceHolder.Placeholders ? place.Placeholder(first + parameters.IndexOf(parameter), texts.Contains(place.Text)) : hint.Prefix + parameter.Name);
            }

            foreach (InterpolatedStringExpressionSyntax text in texts)
                SplicedPlace.MakePlain(text, edit);
            return true;
        });
    }
}
