using System.Text;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Tests.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace DbRules.Engine.Tests.Effects;

/// <summary>Projects that are compiled one after the other, each into an image of metadata that the next ones see.</summary>
internal sealed class AssemblyChain(bool referenceAssemblies)
{
    public const string Shop =
        """
        public class Shop : DbContext
        {
            public DbSet<Order> Orders { get; set; } = null!;
        }

        public class Order { public int Id { get; set; } public string Number { get; set; } = ""; }

        """;

    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Data.Common;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.EntityFrameworkCore;

        """;

    private static readonly MetadataReference[] Database =
        [.. Libraries.FrameworkAnd("Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Abstractions", "Microsoft.EntityFrameworkCore.Relational")];

    private readonly List<MetadataReference> _assemblies = [];

    /// <summary>Compiles a project and hands its image to those that follow. Returns what it states, one line for each statement.</summary>
    /// <param name="name">The assembly's name.</param>
    /// <param name="source">Its code.</param>
    /// <param name="states">Whether the package is installed in it.</param>
    public string[] Add(string name, string source, bool states = true)
    {
        CSharpCompilation compilation = Compile(name, Usings + source);
        IReadOnlyDictionary<string, string> texts = states ? DbFacts.Export(compilation, [], CancellationToken.None) : new Dictionary<string, string>();
        if (texts.Count > 0)
            compilation = compilation.AddSyntaxTrees(Parse(Attributes(texts)));
        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(image, options: referenceAssemblies ? new EmitOptions(metadataOnly: true, includePrivateMembers: false) : new EmitOptions(metadataOnly: true));
        Assert.Empty(result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error));
        _assemblies.Add(MetadataReference.CreateFromImage(image.ToArray()));
        return [.. texts.Select(one => one.Key + ": " + one.Value)];
    }

    /// <summary>The summaries of the methods of a last project that do something, each behind the method's name.</summary>
    public string[] SummariesOf(string source)
    {
        CSharpCompilation compilation = Compile("Web", Usings + source);
        DbFacts facts = DbFacts.For(compilation, [], CancellationToken.None)!;
        SyntaxTree tree = compilation.SyntaxTrees[0];
        SemanticModel model = compilation.GetSemanticModel(tree);
        return
        [
            .. tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Select(declaration => model.GetDeclaredSymbol(declaration)!)
                .Select(method => (method.Name, Summary: facts.SummaryOf(method)))
                .Where(one => !one.Summary.Equals(MethodSummary.Nothing))
                .Select(one => one.Name + ": " + one.Summary),
        ];
    }

    private CSharpCompilation Compile(string name, string source)
    {
        var compilation = CSharpCompilation.Create(name, [Parse(source)], Database.Concat(_assemblies),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return compilation;
    }

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview));

    private static string Attributes(IReadOnlyDictionary<string, string> texts)
    {
        var source = new StringBuilder();
        foreach ((string id, string text) in texts)
            source.AppendLine($"[assembly: {DbSummaryAttribute.FullName}({SymbolDisplay.FormatLiteral(id, quote: true)}, {SymbolDisplay.FormatLiteral(text, quote: true)})]");
        return source + $$"""
            namespace {{DbSummaryAttribute.Namespace}}
            {
                [System.AttributeUsage(System.AttributeTargets.Assembly, AllowMultiple = true)]
                internal sealed class {{DbSummaryAttribute.Name}} : System.Attribute
                {
                    public {{DbSummaryAttribute.Name}}(string member, string summary) { }
                }
            }
            """;
    }
}
