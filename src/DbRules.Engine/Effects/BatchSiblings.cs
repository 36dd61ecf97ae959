using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>Finds, for a call that takes one key of the element, the method of the same type that takes all keys at once.</summary>
internal sealed class BatchSiblings(CompilationContext context, EntityKeys keys, KeyedReads reads, Func<FunctionNode, MethodSummary> summaryOf)
{
    /// <summary>The sibling; null when there is none, or several of which none fits best.</summary>
    public BatchSibling? Of(OwnCall call, Iteration iteration)
    {
        if (call is not { Operation: IInvocationOperation invocation, Method: { MethodKind: MethodKind.Ordinary, IsExtensionMethod: false, IsGenericMethod: false, ReturnsVoid: false } method })
            return null;
        Variance variance = call.Body.VarianceOf(iteration);
        IArgumentOperation[] varying = [.. invocation.Arguments.Where(argument => variance.Of(argument.Value) != Dependence.Invariant)];
        if (varying is not [{ Parameter: { RefKind: RefKind.None } key } argument] || !KeyLookupLoop.IsComparable(key.Type) || Best(invocation, method, key) is not { } best)
            return null;
        KeyedReadPair? read = reads.SameFor(invocation, key, best);
        if (read is not null && MemberOf(read.One, method) != read.Many.Member)
            return null;
        return new BatchSibling { Method = best.Method, Lookup = read is null ? null : LookupOf(invocation, call.Body, iteration, argument, best, read) };
    }

    private BatchSignature? Best(IInvocationOperation call, IMethodSymbol method, IParameterSymbol key)
    {
        BatchSignature? best = null;
        int match = -1;
        bool isTied = false;
        foreach (INamedTypeSymbol type in TypesOf(call, method))
        {
            foreach (ISymbol member in type.GetMembers())
            {
                if (member is not IMethodSymbol candidate || BatchSignature.Of(candidate, method, key) is not { } signature)
                    continue;
                int name = signature.NameMatch(method);
                if (name == 0 && signature.Batch == BatchResult.Rows)
                    continue;
                if (!IsUsable(candidate, call) || name < match)
                    continue;
                isTied = name == match;
                match = name;
                best = signature;
            }
        }

        return isTied ? null : best;
    }

    /// <summary>The type that the call goes through, with what it inherits.</summary>
    private static IEnumerable<INamedTypeSymbol> TypesOf(IInvocationOperation call, IMethodSymbol method)
    {
        INamedTypeSymbol through = call.Instance is { } instance ? instance.Type as INamedTypeSymbol ?? method.ContainingType : method.ContainingType;
        for (INamedTypeSymbol? type = through; type is { SpecialType: not SpecialType.System_Object }; type = type.BaseType)
            yield return type;
        if (through.TypeKind != TypeKind.Interface)
            yield break;
        foreach (INamedTypeSymbol inherited in through.AllInterfaces)
            yield return inherited;
    }

    private bool IsUsable(IMethodSymbol candidate, IInvocationOperation call) =>
        call.SemanticModel?.IsAccessible(call.Syntax.SpanStart, candidate) == true
        && !candidate.IsOverride
        && !candidate.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "ObsoleteAttribute")
        && summaryOf(Callees.Member(candidate, candidate.IsAbstract || candidate.IsVirtual, call.Instance?.Type)) is { Read: not null, Repeated: null, MayWrite: false, IsLazy: false };

    private BatchLookup? LookupOf(IInvocationOperation call, BodyFacts body, Iteration iteration, IArgumentOperation key, BatchSignature sibling, KeyedReadPair read)
    {
        if (Operations.ResultOf(call) is not { } result || KeyLookupLoop.Of(call, body, iteration, context.Types) is not { } loop || IsRepeatedAround(body, loop.Loop))
            return null;
        if (loop.KeyOfElement(key.Value) is not { } keyOfElement || !KeyLookupLoop.SameType(key.Parameter!.Type, keyOfElement.Type))
            return null;
        bool othersAreSame = call.Arguments.All(argument => argument == key || argument.ArgumentKind == ArgumentKind.DefaultValue || loop.IsSame(argument.Value));
        bool isThere = call.Instance is null or IInstanceReferenceOperation || loop.HasBefore(call.Instance);
        if (!othersAreSame || !isThere || ArgumentsOf(call, sibling) is not { } arguments)
            return null;
        ITypeSymbol row = BatchSignature.RowOf(call.TargetMethod);
        if (!ReturnsTheSame(call.TargetMethod, row, sibling, read) || ChangesRows(loop, row, sibling, read))
            return null;
        // What is staged but not saved is found by key, and by no other query.
        if (read.One.IsByKey && body.Calls.Any(static other => other.Model?.Has(Models.DbEffect.Stages) == true))
            return null;
        return new BatchLookup
        {
            Method = sibling.Method,
            Call = call,
            Shape = sibling.Shape,
            Batch = sibling.Batch,
            Loop = loop.Loop,
            Source = loop.Source,
            Result = result,
            Key = key.Value,
            KeyOfElement = keyOfElement,
            Member = read.Many.Member!,
            Row = sibling.Shape == KeyLookupShape.Any ? null : row,
            Arguments = arguments,
            Collect = Collector(sibling.Keys.Type),
            Finish = FinishOf(call.TargetMethod, sibling, read.One),
        };
    }

    /// <summary>Before the loop the call would still run once per element of a loop around it.</summary>
    private bool IsRepeatedAround(BodyFacts body, IOperation loop) =>
        body.IterationsAround(loop).Any(static around => around.Nature == Exemption.None);

    /// <summary>The member of the row that a read compares with its key; null when that is not known.</summary>
    private string? MemberOf(KeyedRead read, IMethodSymbol one) => read.Member ?? keys.PrimaryKeyOf(BatchSignature.RowOf(one))?.Name;

    /// <summary>Whether what the sibling returns gives each key exactly what the called method gives it, also when nothing or more than one row is there.</summary>
    private bool ReturnsTheSame(IMethodSymbol one, ITypeSymbol row, BatchSignature sibling, KeyedReadPair read)
    {
        if (sibling.Shape != KeyLookupShape.One)
            return true;
        if (keys.PrimaryKeyOf(row) is not { } primary || primary.Name != read.Many.Member || !KeyLookupLoop.SameType(primary.Type, BatchElement(sibling.Keys.Type)))
            return false;
        // A missing row: null stays null, and an exception stays that of the operator.
        return read.One.Throws ? sibling.Batch == BatchResult.Rows : Tasks.ResultOf(one.ReturnType).NullableAnnotation != NullableAnnotation.NotAnnotated;
    }

    private static ITypeSymbol? BatchElement(ITypeSymbol sequence) => sequence switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [var element] } => element,
        _ => null,
    };

    /// <summary>Rows that one session does not track are made anew by each query: elements with the same key must not see each other's changes.</summary>
    private static bool ChangesRows(KeyLookupLoop loop, ITypeSymbol row, BatchSignature sibling, KeyedReadPair read) =>
        sibling.Shape != KeyLookupShape.Any && !read.One.IsTracked && RowChanges.AnyIn(loop.Loop.Body, row);

    /// <summary>The arguments in the order of the sibling's parameters; null when one that it needs is not at hand.</summary>
    private string? ArgumentsOf(IInvocationOperation call, BatchSignature sibling)
    {
        var arguments = new List<string>();
        bool isComplete = true;
        foreach (IParameterSymbol parameter in sibling.Method.Parameters)
        {
            string? text = parameter.Equals(sibling.Keys, SymbolEqualityComparer.Default) ? "{keys}" : ArgumentFor(call, parameter);
            if (text is not null)
                arguments.Add(isComplete ? text : parameter.Name + ": " + text);
            else if (!parameter.IsOptional)
                return null;
            isComplete &= text is not null;
        }

        return string.Join(", ", arguments);
    }

    private string? ArgumentFor(IInvocationOperation call, IParameterSymbol parameter)
    {
        bool isToken = WellKnownTypes.IsCancellationToken(parameter.Type);
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter is { } own
                && (isToken ? WellKnownTypes.IsCancellationToken(own.Type) : own.Name == parameter.Name))
            {
                return argument.Value.Syntax.ToString();
            }
        }

        return isToken ? LoopEntry.TokenAround(call) : null;
    }

    private static string Collector(ITypeSymbol keys) => keys switch
    {
        IArrayTypeSymbol => "ToArray",
        { Name: "HashSet" or "ISet" } => "ToHashSet",
        _ => "ToList",
    };

    private static string? FinishOf(IMethodSymbol one, BatchSignature sibling, KeyedRead read) => sibling.Shape switch
    {
        KeyLookupShape.One => read.Throws ? read.Terminal : null,
        KeyLookupShape.Many => Tasks.ResultOf(one.ReturnType) switch
        {
            IArrayTypeSymbol => "ToArray",
            { Name: "IEnumerable" } => null,
            _ => "ToList",
        },
        _ => null,
    };
}
