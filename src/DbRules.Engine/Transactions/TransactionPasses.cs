using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Finds how a command is given a transaction: one more argument, or a property of the command.</summary>
internal sealed class TransactionPasses(Compilation compilation, CompilationContext context)
{
    /// <param name="call">The call that sends the command.</param>
    /// <param name="creation">What makes the command object; null when the call takes none.</param>
    /// <param name="holder">What holds the transaction.</param>
    /// <param name="begin">The call that opens the transaction; null when it is open from the start.</param>
    public TransactionPass? Of(DbCall call, IOperation? creation, ISymbol holder, IOperation? begin) =>
        Operations.TypeOf(holder) is { } type ? Of(call, creation, type, begin) : null;

    /// <summary>As the other, for a holder that is not there yet, by its type.</summary>
    public TransactionPass? Of(DbCall call, IOperation? creation, ITypeSymbol type, IOperation? begin)
    {
        if (creation is null)
            return InCall(call, type);
        // A command that is made before the transaction opens cannot name it where it is made.
        bool isMadeFirst = begin is not null && creation.Syntax.SpanStart < begin.Syntax.SpanStart;
        return (isMadeFirst || creation is not IObjectCreationOperation made ? null : InCreation(made, type)) ?? InProperty(call, creation, type, begin);
    }

    private TransactionPass? InCall(DbCall call, ITypeSymbol holder)
    {
        if (call.Invocation is not { } invocation || !call.Model!.Parameters.TryGetValue(ParameterRole.Transaction, out string? name))
            return null;
        IMethodSymbol method = invocation.TargetMethod;
        bool isReduced = method.IsExtensionMethod && invocation.Instance is null && !IsStaticCall(invocation);
        return method.Parameters.FirstOrDefault(parameter => parameter.Name == name) is { } parameter
            ? Pass(invocation, parameter, parameter.Ordinal - (isReduced ? 1 : 0), holder)
            : null;
    }

    /// <summary>The constructor takes the transaction, or an overload does behind the same arguments.</summary>
    private TransactionPass? InCreation(IObjectCreationOperation creation, ITypeSymbol holder)
    {
        if (creation.Constructor is not { } constructor || context.Models.Of(constructor) is not { } model || !model.Parameters.TryGetValue(ParameterRole.Transaction, out string? name))
            return null;
        if (constructor.Parameters.FirstOrDefault(parameter => parameter.Name == name) is { } own)
            return Pass(creation, own, own.Ordinal, holder);
        int count = constructor.Parameters.Length;
        IMethodSymbol? wider = constructor.ContainingType.InstanceConstructors.FirstOrDefault(other => other.Parameters.Length == count + 1
            && other.Parameters[count].Name == name
            && other.Parameters.Take(count).Zip(constructor.Parameters, static (one, two) => SymbolEqualityComparer.Default.Equals(one.Type, two.Type)).All(static same => same));
        return wider is null ? null : Pass(creation, wider.Parameters[count], count, holder);
    }

    private TransactionPass? InProperty(DbCall call, IOperation creation, ITypeSymbol holder, IOperation? begin)
    {
        if (call.Argument(ParameterRole.Command) is not { } command || Operations.Referenced(command) is not ILocalSymbol { Type: var type })
            return null;
        for (ITypeSymbol? home = type; home is not null; home = home.BaseType)
        {
            foreach (IPropertySymbol property in home.GetMembers().OfType<IPropertySymbol>())
            {
                if (property.SetMethod is not null && context.Models.Of(property)?.Plays("return", ParameterRole.Transaction) == true)
                    return IsTaken(holder, property.Type, out bool needsInner) ? new TransactionPass(creation, null, -1, begin, needsInner) : null;
            }
        }

        return null;
    }

    private TransactionPass? Pass(IOperation target, IParameterSymbol parameter, int position, ITypeSymbol holder) =>
        IsTaken(holder, parameter.Type, out bool needsInner) ? new TransactionPass(target, parameter.Name, position, null, needsInner) : null;

    /// <summary>Whether the transaction, or the one inside the wrapper that holds it, converts by itself to what is asked for.</summary>
    private bool IsTaken(ITypeSymbol holder, ITypeSymbol wanted, out bool needsInner)
    {
        needsInner = false;
        if (compilation.HasImplicitConversion(holder, wanted))
            return true;
        // A transaction of another library wraps one of the base types, and never one of a provider.
        needsInner = wanted.IsAbstract && context.Models.Of(holder) is { } wrapper && context.Models.Of(wanted) is { } inner && wrapper.Library != inner.Library && wrapper.Has(TypeTraits.Transaction);
        return needsInner;
    }

    /// <summary>An extension method that is called like any static one: its first argument stands among the others.</summary>
    private static bool IsStaticCall(IInvocationOperation call) => call.Arguments.Any(static argument => argument is { Parameter.Ordinal: 0, Syntax: ArgumentSyntax });
}
