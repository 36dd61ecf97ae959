using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Lifetimes;

/// <summary>Tells code that runs once, when an application starts, from code that runs for each call or request.</summary>
internal sealed class StartUpCode(Compilation compilation, CompilationContext context)
{
    private static readonly string[] TypeNames = ["Program", "Startup"];
    private static readonly string[] MemberVerbs = ["Configure", "Register", "AddServices", "Main"];

    private readonly Later<(Compilation Compilation, CompilationContext Context), bool> _isTool = new((compilation, context), static state => IsExecutable(state.Compilation)
        && !state.Context.Models.TypesWith(TypeTraits.StartUp).Any(type => !state.Compilation.GetTypesByMetadataName(type.Name).IsEmpty));

    private readonly Later<Compilation, INamedTypeSymbol?> _entryPoint = new(compilation, static compilation => IsExecutable(compilation) ? compilation.GetEntryPoint(CancellationToken.None)?.ContainingType : null);

    /// <summary>Whether a type holds the entry point of a program.</summary>
    public bool HoldsEntryPoint(INamedTypeSymbol? type) => _entryPoint.Value is { } program && SymbolEqualityComparer.Default.Equals(type, program);

    /// <summary>Whether the objects of a type live as long as the program does.</summary>
    public bool IsProgram(INamedTypeSymbol type) => HoldsEntryPoint(type) || TypeNames.Contains(type.Name) || context.Models.Of(type)?.Has(TypeTraits.StartUp) == true;

    /// <summary>Whether an operation surely or probably runs once only: at the start of the application, of its object or of its type, or in a tool without a host.</summary>
    public bool RunsOnce(IOperation operation, BodyFacts body)
    {
        if (body.Owner is not IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor) } method || _isTool.Value || IsStart(method))
            return true;
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (IsProgram(type))
                return true;
        }

        for (IOperation? function = Operations.EnclosingFunction(operation); function is not null; function = Operations.EnclosingFunction(function))
        {
            if (function is Microsoft.CodeAnalysis.Operations.IAnonymousFunctionOperation { Symbol: var lambda } && IsStart(lambda))
                return true;
        }

        return false;
    }

    private static bool IsExecutable(Compilation compilation) => compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication;

    private bool IsStart(IMethodSymbol function) =>
        MemberVerbs.Any(verb => function.Name.StartsWith(verb, StringComparison.Ordinal)) || function.Parameters.Any(parameter => context.Models.Of(parameter.Type)?.Has(TypeTraits.StartUp) == true);
}
