using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>Tells code that sets a database up by what it calls: what stands beside <c>db.Database.Migrate()</c> fills the tables that this makes, or upgrades what they hold.</summary>
internal static class SetUpCode
{
    /// <summary>
    /// Whether a body brings the schema behind a context up to date itself. The start of a program does as well and goes on with everything else, and lambdas that send commands may be
    /// handlers which run for each request: such bodies are none.
    /// </summary>
    public static bool Is(BodyFacts body) =>
        body.Calls.Any(ChangesSchema)
        && body.Owner is not IMethodSymbol { IsStatic: true, Name: "Main" or "<Main>$" or "$Main" }
        && !body.Calls.Any(static call => Operations.EnclosingFunction(call.Operation) is not null);

    /// <summary>Collections of documents are made and dropped at any time; no connection is named for that.</summary>
    private static bool ChangesSchema(DbCall call) => call.Model?.Has(DbEffect.ChangesSchema) == true && call.Argument(ParameterRole.Connection) is not null;
}
