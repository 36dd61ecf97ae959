using Microsoft.CodeAnalysis;

namespace DbRules.Catalog;

public static partial class RuleCatalog
{
    public static readonly DiagnosticDescriptor SynchronousCallInAsyncCode = Rule(
        id: "DBR210",
        title: "Synchronous database call in async code",
        messageFormat: "'{0}' blocks the thread of async code while the database works; {1}",
        category: Category.ResultSize,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A synchronous call holds a thread until the database has answered, in code that could give it back meanwhile. "
            + "Under load the threads run out and everything waits. Await the asynchronous twin.");

    public static readonly DiagnosticDescriptor TokenNotPassed = Rule(
        id: "DBR211",
        title: "CancellationToken is at hand and not passed",
        messageFormat: "'{0}' is not given '{1}', so that it goes on when nobody waits any more",
        category: Category.ResultSize,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The method has a cancellation token and does not give it to the database call. When the caller gives up, the database still works on. Pass the token.");
}
