using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Finds connections and contexts in static members, and in objects of which the application has one.</summary>
internal sealed class SharedSessions(CompilationContext context, Acquisitions acquisitions, StartUpCode startUp, EditorMemory memory)
{
    /// <summary>How many constructors below that of a singleton are asked what they take.</summary>
    private const int DeepestConstructor = 3;

    /// <summary>Those that a body puts into static members or registers, in source order.</summary>
    public IEnumerable<SharedSession> Of(BodyFacts body)
    {
        foreach (StaticValue kept in body.Static)
        {
            if (OfStatic(kept, body) is { } found)
                yield return found;
        }

        foreach (IInvocationOperation call in body.Registrations)
        {
            if (OfRegistration(call, body) is { } found)
                yield return found;
        }
    }

    private SharedSession? OfStatic(StaticValue kept, BodyFacts body)
    {
        IOperation value = body.Origins.Resolve(kept.Value);
        if (Operations.TypeOf(kept.Member) is not { } type || acquisitions.KindOf(type) is not { } kind || Conditions.IsNull(value) || value is IDefaultValueOperation)
            return null;
        // The tool's own connection, which one thread uses while it runs.
        if (startUp.HoldsEntryPoint(kept.Member.ContainingType))
            return null;
        if (IsOfThread(kept.Member) || StandsForDatabase.IsInMemory(value, body) || StandsForDatabase.KeepsAlive(kept.Member.Name) || IsDesignTime(kept.Member.ContainingType))
            return null;
        // What replaces a value for a while, and puts it back, is no store.
        if (value is IFieldReferenceOperation or IPropertyReferenceOperation)
            return null;
        return new SharedSession(kept.Member.Name, kind, LocationOf(kept)) { IsStatic = true };
    }

    private static Location LocationOf(StaticValue kept) => kept.Site switch
    {
        IAssignmentOperation { Target: var target } => target.Syntax.GetLocation(),
        _ => kept.Member.Locations.FirstOrDefault(location => location.SourceTree == kept.Site.Syntax.SyntaxTree && kept.Site.Syntax.Parent?.Span.Contains(location.SourceSpan) == true) ?? kept.Value.Syntax.GetLocation(),
    };

    private SharedSession? OfRegistration(IInvocationOperation call, BodyFacts body)
    {
        if (!IsSingleton(call) || Registered(call, body) is not { } type || body.Role != CodeRole.Production)
            return null;
        if (acquisitions.KindOf(type) is ResourceKind.Connection or ResourceKind.Context)
        {
            return call.Arguments.Any(argument => StandsForDatabase.IsInMemory(body.Origins.Resolve(argument.Value), body))
                ? null
                : new SharedSession(type.Name, acquisitions.KindOf(type)!.Value, DbCall.LocationOf(call));
        }

        return Captured(type, body) is { } captured ? new SharedSession(type.Name, captured.Kind, DbCall.LocationOf(call)) { Captured = captured.Parameter } : null;
    }

    private bool IsSingleton(IInvocationOperation call)
    {
        MemberModel model = context.Models.Of(call.TargetMethod)!;
        return model.Has(DbEffect.RegistersSingleton)
            || (model.Parameters.TryGetValue(ParameterRole.Lifetime, out string? name) && Operations.Argument(call, name) is { } lifetime
                && Operations.Unwrap(lifetime) is IFieldReferenceOperation { Field: var given } && context.Models.Of(given)?.Has(DbEffect.RegistersSingleton) == true);
    }

    /// <summary>The type of the object that the application has one of: what a delegate makes, an object that is given, or the last type that is named.</summary>
    private static ITypeSymbol? Registered(IInvocationOperation call, BodyFacts body)
    {
        ITypeSymbol? named = call.TargetMethod.TypeArguments.LastOrDefault();
        foreach (IArgumentOperation argument in call.Arguments)
        {
            IOperation value = body.Origins.Resolve(argument.Value);
            if (argument.Parameter is not { Ordinal: > 0 })
                continue;
            switch (value)
            {
                case ITypeOfOperation { TypeOperand: var type }:
                    named = type;
                    break;
                // What only passes on an object that was registered elsewhere says nothing.
                case IDelegateCreationOperation { Target: IAnonymousFunctionOperation function } when CalleeBodies.ReturnedValues(function.Body) is [.., var made]:
                    return body.Origins.Resolve(made) is IObjectCreationOperation { Type: { } created } ? created : null;
                case IDelegateCreationOperation:
                    return named;
                case IObjectCreationOperation { Type: { } given }:
                    return given;
            }
        }

        return named;
    }

    /// <summary>
    /// As <see cref="CapturedBy"/>, with what is known to be no such class: declarations alone say so, and start-up code registers hundreds, whose symbols an editor makes anew at
    /// every keystroke.
    /// </summary>
    private (IParameterSymbol Parameter, ResourceKind Kind)? Captured(ITypeSymbol type, BodyFacts body)
    {
        if (memory.Answers is not { } answers || type is not INamedTypeSymbol { IsGenericType: false } || DeclaredPlace.Of(type) is not { } place)
            return CapturedBy(type, body, DeepestConstructor);
        if (answers.CapturesNothing.Of(place, memory.Compilation) is not null)
            return null;
        if (CapturedBy(type, null, DeepestConstructor) is null)
        {
            answers.CapturesNothing.Keep(place, true, []);
            return null;
        }

        return CapturedBy(type, body, DeepestConstructor);
    }

    /// <summary>
    /// The parameter by which every constructor that the container may run takes a connection or context, itself or inside of what it takes, with what that is; null when one of them takes none.
    /// </summary>
    /// <param name="type">The class.</param>
    /// <param name="body">What registers singletons, which are asked about by themselves; null when none is left out.</param>
    /// <param name="depth">How many constructors below are asked.</param>
    private (IParameterSymbol Parameter, ResourceKind Kind)? CapturedBy(ITypeSymbol type, BodyFacts? body, int depth)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false, InstanceConstructors: var constructors } || !context.Bodies.Declares((INamedTypeSymbol)type))
            return null;
        (IParameterSymbol, ResourceKind)? found = null;
        foreach (IMethodSymbol constructor in constructors)
        {
            if (constructor.DeclaredAccessibility != Accessibility.Public)
                continue;
            if (constructor.Parameters.Select(parameter => KindBehind(parameter.Type, body, depth) is { } kind ? (parameter, kind) : ((IParameterSymbol, ResourceKind)?)null).FirstOrDefault(static held => held is not null) is not { } held)
                return null;
            found ??= held;
        }

        return found;
    }

    /// <summary>What of a connection or context an object of a type is, or holds by its constructor; null when that is nothing, or a singleton of its own.</summary>
    private ResourceKind? KindBehind(ITypeSymbol type, BodyFacts? body, int depth)
    {
        if (acquisitions.KindOf(type) is { } kind)
            return kind is ResourceKind.Connection or ResourceKind.Context ? kind : null;
        return depth > 0 && ImplementationOf(type) is { } made && !(body is not null && IsSingletonOf(body, made)) ? CapturedBy(made, body, depth - 1)?.Kind : null;
    }

    private bool IsSingletonOf(BodyFacts body, ITypeSymbol type) =>
        body.Registrations.Any(call => IsSingleton(call) && SymbolEqualityComparer.Default.Equals(Registered(call, body), type));

    /// <summary>The class that the code makes for a type: itself, or the only one in view that implements it. Null for any other type.</summary>
    private INamedTypeSymbol? ImplementationOf(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named || !context.Bodies.Declares(named))
            return null;
        if (named.TypeKind != TypeKind.Interface)
            return named;
        INamedTypeSymbol[] all = [.. DeclaredTypes.In(memory.Compilation).Where(declared => declared.Bases.Contains(named.Name)).Select(declared => declared.In(memory.Compilation)).OfType<INamedTypeSymbol>()
            .Where(other => other is { TypeKind: TypeKind.Class, IsAbstract: false } && other.AllInterfaces.Any(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, named.OriginalDefinition))).Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)];
        return all is [var only] ? only : null;
    }

    private static bool IsOfThread(ISymbol member) => member.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == nameof(ThreadStaticAttribute));

    private bool IsDesignTime(INamedTypeSymbol? type) => type is not null && context.Models.Of(type)?.Has(TypeTraits.DesignTime) == true;
}
