using System.Reflection;
using DbRules.Catalog;
using DbRules.Rules;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.Tests;

/// <summary>What the layers never do (docs/architecture.md), read from the source and from the compiled assemblies. Comments are free to name anything.</summary>
public sealed class LayerTests
{
    private static readonly string Root = FindRoot();

    private static readonly Lazy<IReadOnlyList<SourceFile>> Files = new(() => SourceFile.ReadAll(Root));

    [Theory]
    [InlineData("DbRules.Sql", "Microsoft.CodeAnalysis", "DbRules.")]
    [InlineData("DbRules.Engine", "Microsoft.CodeAnalysis.Workspaces", "Microsoft.CodeAnalysis.CSharp.Workspaces", "DbRules.CodeFixes")]
    [InlineData("DbRules", "Microsoft.CodeAnalysis.Workspaces", "Microsoft.CodeAnalysis.CSharp.Workspaces", "DbRules.CodeFixes")]
    [InlineData("DbRules.CodeFixes", "DbRules.Engine", "DbRules.Sql")]
    public void An_assembly_references_only_its_layers(string assembly, params string[] never)
    {
        string[] references = [.. Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!)];
        Assert.DoesNotContain(references, reference => never.Any(name => name.EndsWith('.') ? reference.StartsWith(name, StringComparison.Ordinal) : reference == name));
        if (assembly == "DbRules.Sql")
            Assert.DoesNotContain(references, reference => reference.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
        if (assembly == "DbRules.Engine")
            Assert.DoesNotContain("DbRules", references);
    }

    [Fact]
    public void The_engine_never_creates_a_diagnostic() =>
        AssertNone(In("DbRules.Engine"), file => file.Identifiers("Diagnostic", "DiagnosticDescriptor", "ReportDiagnostic", "DiagnosticAnalyzer"));

    [Fact]
    public void No_library_is_named_in_code()
    {
        HashSet<string> names = LibraryNames();
        Assert.Superset(new HashSet<string> { "DbContext", "DbSet", "SqlMapper", "NpgsqlConnection", "SqlCommand", "EntityFrameworkCore", "Npgsql", "Dapper" }, names);
        AssertNone(In("DbRules.Engine").Concat(In("DbRules")), file => file.Identifiers(names));
        // The catalog's texts are for people, who know a rule by the type that it speaks of.
        AssertNone(In("DbRules.Engine").Concat(In("DbRules")).Where(file => !file.Path.StartsWith("src/DbRules/Catalog/", StringComparison.Ordinal)), file => file.Literals(names));
    }

    [Theory]
    [InlineData("Flow", "Calls", "Models", "Schema", "Effects", "Transactions", "Lifetimes", "SqlTexts")]
    [InlineData("Models", "Flow", "Calls", "Schema", "Effects", "Transactions", "Lifetimes", "SqlTexts")]
    [InlineData("Calls", "Effects", "Transactions", "Lifetimes", "SqlTexts")]
    [InlineData("Schema", "Effects", "Transactions", "Lifetimes", "SqlTexts")]
    [InlineData("Effects", "Transactions", "Lifetimes", "SqlTexts")]
    [InlineData("Transactions", "Lifetimes", "SqlTexts")]
    [InlineData("Lifetimes", "Transactions", "SqlTexts")]
    [InlineData("SqlTexts", "Transactions", "Lifetimes")]
    public void A_part_of_the_engine_does_not_know_those_above_it(string part, params string[] above)
    {
        HashSet<string> own = [.. In($"DbRules.Engine/{part}").SelectMany(file => file.DeclaredTypes)];
        HashSet<string> foreign = [.. above.SelectMany(name => In($"DbRules.Engine/{name}")).SelectMany(file => file.DeclaredTypes).Except(own)];
        Assert.NotEmpty(own);
        Assert.NotEmpty(foreign);
        AssertNone(In($"DbRules.Engine/{part}"), file => file.TypeNames(foreign).Concat(file.Imports(above.Select(name => "DbRules.Engine." + name))));
    }

    [Fact]
    public void A_rule_asks_and_does_not_prove() => AssertNone(In("DbRules/Rules"), file => file.Identifiers(
        "ControlFlowGraph", "GetTypeByMetadataName", "GetTypesByMetadataName", "GetSemanticModel", "SemanticModel", "Parent", "Ancestors", "AncestorsAndSelf", "FirstAncestorOrSelf"));

    [Fact]
    public void A_rule_does_not_know_another()
    {
        string[] rules = [.. typeof(DbRule).Assembly.GetTypes().Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !type.IsSubclassOf(typeof(DiagnosticSuppressor)) && !type.IsAbstract).Select(type => type.Name)];
        foreach (string rule in rules)
            AssertNone(In("DbRules/Rules").Where(file => file.DeclaredTypes.Contains(rule)), file => file.TypeNames(rules.Except([rule])));
    }

    [Fact]
    public void Only_the_catalog_constructs_a_descriptor() =>
        AssertNone(Files.Value.Where(file => !file.Path.StartsWith("src/DbRules/Catalog/", StringComparison.Ordinal)), file => file.Creations("DiagnosticDescriptor"));

    [Fact]
    public void Fixes_do_not_name_the_engine() =>
        AssertNone(In("DbRules.CodeFixes"), file => file.Imports(["DbRules.Engine", "DbRules.Sql"]).Concat(file.Identifiers("Engine")));

    [Fact]
    public void Nothing_under_src_references_tests_samples_or_docs()
    {
        string[] projects = [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".csproj" or ".props" or ".targets" && !SourceFile.IsOutput(path))];
        Assert.NotEmpty(projects);
        Assert.All(projects, path => Assert.DoesNotMatch("Include=\"[^\"]*(tests|samples|docs)[/\\\\]", File.ReadAllText(path)));
    }

    [Fact]
    public void Files_are_small()
    {
        Assert.All(In("DbRules/Rules"), file => Assert.True(file.Lines <= 150, $"{file.Path} has {file.Lines} lines"));
        Assert.All(In("DbRules.Engine").Concat(In("DbRules.Sql")).Concat(In("DbRules.CodeFixes")), file => Assert.True(file.Lines <= 400, $"{file.Path} has {file.Lines} lines"));
    }

    [Fact]
    public void No_class_is_spread_over_files_but_the_catalog() =>
        AssertNone(Files.Value, file => file.PartialTypes.Where(name => name != nameof(RuleCatalog)));

    [Fact]
    public void Every_rule_has_a_descriptor_and_every_descriptor_a_rule()
    {
        string[] used = [.. ProductParts.CreateAnalyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal)];
        Assert.Equal(RuleCatalog.All.Select(descriptor => descriptor.Id), used);
    }

    [Fact]
    public void Every_descriptor_has_a_release_row()
    {
        string[] rows = [.. new[] { "Shipped", "Unshipped" }.SelectMany(kind => File.ReadLines(Path.Combine(Root, "src", "DbRules", $"AnalyzerReleases.{kind}.md")))];
        Assert.All(RuleCatalog.All, descriptor =>
            Assert.Single(rows, row => row.StartsWith($"{descriptor.Id} | {descriptor.Category} | {(descriptor.IsEnabledByDefault ? descriptor.DefaultSeverity.ToString() : "Disabled")} |", StringComparison.Ordinal)));
    }

    private static IEnumerable<SourceFile> In(string folder) => Files.Value.Where(file => file.Path.StartsWith($"src/{folder}/", StringComparison.Ordinal));

    private static void AssertNone(IEnumerable<SourceFile> files, Func<SourceFile, IEnumerable<string>> breaches)
    {
        SourceFile[] read = [.. files];
        Assert.NotEmpty(read);
        Assert.Empty(read.SelectMany(file => breaches(file).Select(breach => $"{file.Path}: {breach}")));
    }

    /// <summary>The names of the types that the rows of database libraries speak about, and of the libraries. Names of one word (<c>Transaction</c>) are anybody's.</summary>
    private static HashSet<string> LibraryNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal)
        {
            "EntityFramework", "EntityFrameworkCore", "Dapper", "Npgsql", "SqlClient", "Sqlite", "SQLite", "MySql", "MySqlConnector", "Oracle", "Odbc", "OleDb",
        };
        foreach (string file in new[] { "AdoNet", "Dapper", "EfCore", "Providers" })
        {
            foreach (string line in File.ReadLines(Path.Combine(Root, "src", "DbRules.Engine", "Models", file + ".dbmodel")))
            {
                if (!line.StartsWith("type ", StringComparison.Ordinal))
                    continue;
                string name = line.Split(' ')[1].Split('.', '+')[^1].Split('`')[0];
                if (name.Count(char.IsUpper) > 1)
                    names.Add(name);
            }
        }

        return names;
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "DbRules.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }

    /// <summary>One C# file of the product, parsed.</summary>
    private sealed class SourceFile(string path, string text)
    {
        private readonly SyntaxNode _root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest)).GetRoot();

        public string Path { get; } = path;

        public int Lines { get; } = text.Count(character => character == '\n');

        public IReadOnlyCollection<string> DeclaredTypes => [.. _root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.ValueText)];

        public IEnumerable<string> PartialTypes => _root.DescendantNodes().OfType<TypeDeclarationSyntax>()
            .Where(type => type.Modifiers.Any(SyntaxKind.PartialKeyword)).Select(type => type.Identifier.ValueText);

        public static IReadOnlyList<SourceFile> ReadAll(string root) =>
        [
            .. Directory.EnumerateFiles(System.IO.Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
                .Where(path => !IsOutput(path))
                .Select(path => new SourceFile(System.IO.Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText(path))),
        ];

        public static bool IsOutput(string path) => path.Replace('\\', '/').Split('/') is var parts && (parts.Contains("obj") || parts.Contains("bin"));

        public IEnumerable<string> Identifiers(params IEnumerable<string> names)
        {
            HashSet<string> wanted = [.. names];
            return _root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && wanted.Contains(token.ValueText) && !IsDialect(token)).Select(token => token.ValueText);
        }

        /// <summary>Names in use, but for the names of members behind a dot.</summary>
        public IEnumerable<string> TypeNames(IEnumerable<string> names)
        {
            HashSet<string> wanted = [.. names];
            return _root.DescendantNodes().OfType<SimpleNameSyntax>()
                .Where(name => wanted.Contains(name.Identifier.ValueText) && (name.Parent is not MemberAccessExpressionSyntax access || access.Expression == name))
                .Select(name => name.Identifier.ValueText);
        }

        public IEnumerable<string> Imports(IEnumerable<string> namespaces) => _root.DescendantNodes().OfType<UsingDirectiveSyntax>()
            .Select(directive => directive.NamespaceOrType.ToString())
            .Where(name => namespaces.Any(space => name == space || name.StartsWith(space + ".", StringComparison.Ordinal)));

        /// <summary>String literals that hold one of the names as a word of their own.</summary>
        public IEnumerable<string> Literals(HashSet<string> names) => _root.DescendantTokens()
            .Where(token => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.InterpolatedStringTextToken)
            .Where(token => token.ValueText.Split(' ', '.', ',', ':', ';', '(', ')', '<', '>', '\'', '`', '/', '+', '\n').Any(names.Contains))
            .Select(token => token.Text);

        public IEnumerable<string> Creations(string type) => _root.DescendantNodes()
            .Where(node => node switch
            {
                ObjectCreationExpressionSyntax creation => creation.Type.ToString().Split('.')[^1] == type,
                ImplicitObjectCreationExpressionSyntax => DeclaredType(node)?.Split('.')[^1] == type,
                _ => false,
            })
            .Select(node => node.ToString());

        /// <summary>A dialect of SQL bears the name of its server, and no library's.</summary>
        private static bool IsDialect(SyntaxToken token) => token.Parent?.Parent is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "SqlDialect" } };

        private static string? DeclaredType(SyntaxNode node) => node.FirstAncestorOrSelf<SyntaxNode>(parent => parent is VariableDeclarationSyntax or PropertyDeclarationSyntax or MethodDeclarationSyntax) switch
        {
            VariableDeclarationSyntax variable => variable.Type.ToString(),
            PropertyDeclarationSyntax property => property.Type.ToString(),
            MethodDeclarationSyntax method => method.ReturnType.ToString(),
            _ => null,
        };
    }
}
