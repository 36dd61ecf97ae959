using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>Finds values that a body puts into SQL texts. Remembered per body.</summary>
internal sealed class SplicedValues(Compilation compilation, CompilationContext context, MemberBodies bodies, SentTexts sent, Dialects dialects)
{
    private readonly SmallTable<BodyFacts, ImmutableArray<SplicedValue>> _known = new();
    private readonly TrustContext _trust = new(compilation, context, bodies);

    /// <summary>The values in source order, each once.</summary>
    public ImmutableArray<SplicedValue> Of(BodyFacts body) => sent.FullOf(body).IsEmpty ? [] : _known.GetOrAdd(body, this, static (facts, values) => values.Read(facts));

    private ImmutableArray<SplicedValue> Read(BodyFacts body)
    {
        var found = new Found();
        SpliceTrust? trust = null;
        foreach (SentSql sql in sent.FullOf(body))
        {
            // A parameter of another type takes the holes as values.
            if (!sql.Script.Text.HasHole || sql.Expression.Type?.SpecialType != SpecialType.System_String || IsReportedElsewhere(sql))
                continue;
            Read(sql, trust ??= new SpliceTrust(_trust, body), ref found);
        }

        return found.InSourceOrder();
    }

    private void Read(SentSql sql, SpliceTrust trust, ref Found found)
    {
        // Of what the dialect decides, only quotes matter.
        SqlDialect dialect = sql.Script.Text.Joined.IndexOf('"') >= 0 ? sql.DialectBy(dialects, otherwise: null) : SqlDialect.Unknown;
        Func<SqlSpan, bool> mayMatter = MayMatter;
        foreach (SqlStatement statement in sql.Script.AllStatements)
        {
            foreach (SqlHole place in SqlValueHoles.Of(statement, dialect))
            {
                for (int position = place.Span.Start; position < place.Span.End; position++)
                {
                    if (sql.Text.ValueAt(position) is { } value && HarmOf(value, place.IsInside, sql.Text.HelperAt(position), trust) is { } harm)
                        found.Add(Spliced(sql, place.Span, position, value, harm));
                }
            }

            foreach (SqlNameHole place in SqlNameHoles.Of(statement, mayMatter))
            {
                for (int position = place.Span.Start; position < place.Span.End; position++)
                {
                    if (sql.Text.ValueAt(position) is { } value && trust.OfName(value, sql.Text.HelperAt(position), place.IsSortKey) == Trust.Data)
                        found.Add(Spliced(sql, place.Span, position, value, SpliceHarm.ChangesName));
                }
            }
        }

        bool MayMatter(SqlSpan place)
        {
            for (int position = place.Start; position < place.End; position++)
            {
                if (sql.Text.ValueAt(position) is { } value && !trust.IsOwnName(value, sql.Text.HelperAt(position)))
                    return true;
            }

            return false;
        }
    }

    private static SplicedValue Spliced(SentSql sql, SqlSpan place, int position, IOperation value, SpliceHarm harm)
    {
        HelperCall? helper = sql.Text.HelperAt(position);
        return new SplicedValue(sql, place, position, helper is null ? value : SpliceTrust.GivenFor(value, helper), harm, helper is not null);
    }

    private static SpliceHarm? HarmOf(IOperation value, bool isQuoted, HelperCall? helper, SpliceTrust trust)
    {
        IOperation bare = value;
        while (bare is IConversionOperation { IsImplicit: true, Operand: var operand })
            bare = operand;
        if (HarmlessTypes.DependOnCulture(bare.Type))
            return IsWrittenByCulture(value, bare) ? SpliceHarm.DependsOnCulture : null;
        return trust.OfValue(value, helper) == Trust.Data && (isQuoted || !IsCalledFragment(bare) || trust.ReadsOutside(value)) ? SpliceHarm.ChangesStatement : null;
    }

    /// <summary>Whether the code leaves it to the culture how a value is written.</summary>
    private static bool IsWrittenByCulture(IOperation value, IOperation bare)
    {
        if (bare.ConstantValue.HasValue || bare is not (ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation))
            return false;
        for (IOperation? parent = value.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IInterpolationOperation { FormatString: not null } or IInvocationOperation { TargetMethod.Name: "Invariant" or "Create" }
                || parent is IInvocationOperation { Arguments: [{ Parameter.Type.Name: "IFormatProvider" }, ..] })
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the name of a value without quotes says that it is a piece of SQL.</summary>
    private static bool IsCalledFragment(IOperation value) =>
        (Operations.Referenced(value)?.Name ?? (value as IInvocationOperation)?.TargetMethod.Name) is not { } name || NameWords.SpeakOfPiece(name) || NameWords.SpeakOfName(name);

    /// <summary>Whether the library's own analyzer warns of the text: it is put together right in the argument.</summary>
    private bool IsReportedElsewhere(SentSql sql) =>
        sql.Expression is IInterpolatedStringOperation or IBinaryOperation
        && sql.Expression.Parent is IArgumentOperation { Parent: IInvocationOperation call }
        && context.Models.Of(call.TargetMethod)?.Has(DbEffect.WarnsOfSplices) == true;

    /// <summary>What was found, each value once; most texts have none.</summary>
    private struct Found
    {
        private List<SplicedValue>? _values;
        private HashSet<Location>? _seen;

        public void Add(SplicedValue value)
        {
            if ((_seen ??= []).Add(value.Location))
                (_values ??= []).Add(value);
        }

        public readonly ImmutableArray<SplicedValue> InSourceOrder() => _values is null ? [] : [.. _values.OrderBy(static value => value.Location.SourceSpan.Start)];
    }
}
