using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Finds the reads by key for which the library has an overload that takes an array of keys and answers in their order.</summary>
internal static class KeyListLookups
{
    public static KeyLookup? Of(DbCall call, KeyLookupLoop loop, IOperation result)
    {
        if (call.Invocation is not { Instance: { } session } invocation || !loop.HasBefore(session))
            return null;
        if (call.Argument(ParameterRole.Key) is not { } key || loop.TextOfElement(key) is not { } keyOfElement || !OthersAreSame(invocation, key, loop))
            return null;
        if (call.Model!.ParametersOf(ParameterRole.Keys).FirstOrDefault(name => HasOverload(invocation.TargetMethod, key, name)) is not { } parameter)
            return null;
        return new KeyLookup
        {
            Call = call,
            Shape = KeyLookupShape.One,
            Loop = loop.Loop,
            Element = loop.Element,
            Source = loop.Source,
            Result = result,
            Key = Written(key),
            KeyOfElement = keyOfElement,
            Member = "",
            IsUnique = true,
            Row = null,
            KeyListParameter = parameter,
        };
    }

    private static bool OthersAreSame(IInvocationOperation call, IOperation key, KeyLookupLoop loop) => call.Arguments.All(argument =>
        argument.Value == key || argument.ArgumentKind == ArgumentKind.DefaultValue || loop.IsSame(argument.Value));

    /// <summary>Whether the overload takes an array of the key's type, returns an array of what the call returns, and all else is the same.</summary>
    private static bool HasOverload(IMethodSymbol method, IOperation key, string parameter) => method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(overload =>
        overload.Parameters.Length == method.Parameters.Length
        && overload.Parameters[0] is { Type: IArrayTypeSymbol { Rank: 1, ElementType: var keyType } } keys
        && keys.Name == parameter
        && KeyLookupLoop.SameType(keyType, key.Type)
        && Tasks.ResultOf(overload.ReturnType) is IArrayTypeSymbol { Rank: 1, ElementType: var answer }
        && KeyLookupLoop.SameType(answer, Tasks.ResultOf(method.ReturnType))
        && overload.Parameters.Skip(1).Zip(method.Parameters.Skip(1), (one, other) => KeyLookupLoop.SameType(one.Type, other.Type)).All(same => same));

    /// <summary>The key as the code writes it, without the conversion to the store's own type.</summary>
    private static IOperation Written(IOperation key)
    {
        while (key is IConversionOperation { IsImplicit: true, Operand: var operand })
            key = operand;
        return key;
    }
}
