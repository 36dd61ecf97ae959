using DbRules.Engine;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Hints;
using DbRules.Options;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Rules;

/// <summary>One call, with what a rule may ask about it and the way to report it.</summary>
public readonly struct CallContext
{
    private readonly BodyContext _body;

    internal CallContext(BodyContext body, DbCall call)
    {
        _body = body;
        Call = call;
    }

    public DbFacts Facts => _body.Facts;

    public BodyContext Body => _body;

    public DbCall Call { get; }

    /// <summary>
    /// The type of the rows, where a read without a limit matters: null for entities of which there are few, where a cache takes
    /// the rows, and where most of them are thrown away again, which DBR205 reports.
    /// </summary>
    public ITypeSymbol? UnlimitedRows =>
        Call.Query?.Entity is { } rows && !_body.AreFew(rows) && !Facts.ResultSize.FillsCache(Call)
            && Facts.ResultSize.LateStepsOf(Call) is null ? rows : null;

    /// <inheritdoc cref="BodyContext.PerElement(DbCall)"/>
    public Iteration? PerElement => _body.PerElement(Call);

    /// <summary>As <see cref="PerElement"/>, for a call that surely reads from a store; null for any other call.</summary>
    public Iteration? ReadPerElement => PerElement is { } iteration && Call.IsRoundTrip && Call.Reads ? iteration : null;

    /// <summary>As <see cref="ReadPerElement"/>, for a query that other rules have nothing better to say of: DBR108 speaks of explicit loading, DBR107 of what no pass changes.</summary>
    public Iteration? QueryPerElement =>
        !Facts.IsExplicitLoad(Call) && ReadPerElement is { } iteration && !Facts.IsSameInEveryPass(Call, iteration) ? iteration : null;

    /// <inheritdoc cref="DbFacts.BatchLoopOf(DbCall, int)"/>
    public Iteration? WholeSetPerBatch => _body.WholeSetPerBatch(Call);

    /// <inheritdoc cref="BodyContext.ExplicitLoadOf"/>
    public ExplicitLoad? ExplicitLoadIn(Iteration iteration) => _body.ExplicitLoadOf(Call, iteration);

    /// <inheritdoc cref="BodyContext.Option"/>
    public T Option<T>(RuleOption<T> option)
        where T : notnull => _body.Option(option);

    /// <summary>Reports the call, with the iteration as evidence; the message's holes are the call's name and the loop.</summary>
    public void Report(Iteration iteration, Hint? hint) => _body.Report(Call.Location, [LoopText.Header(iteration)], hint, Call.Name, LoopText.Phrase(iteration));

    /// <summary>Reports the call with the words of the caller.</summary>
    public void Report(IEnumerable<Location> evidence, Hint? hint, params string[] messageArguments) => _body.Report(Call.Location, evidence, hint, messageArguments);

    /// <summary>Reports the call with a severity that an option states.</summary>
    public void ReportAs(DiagnosticSeverity severity, Hint? hint, params string[] messageArguments) => _body.Report(Call.Location, [], hint, severity, messageArguments);

    /// <summary>Reports a word of the SQL that the call sends, with a severity that an option states.</summary>
    public void ReportIn(Location word, DiagnosticSeverity severity, Hint? hint, params string[] messageArguments) => _body.Report(word, [], hint, severity, messageArguments);

    /// <summary>Reports a part of the query, at the name of a call or as a whole.</summary>
    public void ReportAt(IOperation part, Hint? hint, params string[] messageArguments) =>
        _body.Report(part is IInvocationOperation call ? DbCall.LocationOf(call) : part.Syntax.GetLocation(), [], hint, messageArguments);
}
