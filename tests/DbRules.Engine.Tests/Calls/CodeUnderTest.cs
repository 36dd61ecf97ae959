using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Models;
using DbRules.Engine.Tests.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>
/// Code with a context, connections and sequences at hand, read by the engine as rules see it. A test asks about the call whose line ends
/// with the comment <c>//1</c>.
/// </summary>
internal sealed class CodeUnderTest
{
    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Data;
        global using System.Data.Common;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Dapper;
        global using Microsoft.EntityFrameworkCore;
        global using Npgsql;

        public class Shop : DbContext
        {
            public DbSet<Order> Orders { get; set; } = null!;
            public DbSet<Line> Lines => Set<Line>();
        }

        public class Order { public int Id { get; set; } public int CustomerId { get; set; } public string Number { get; set; } = ""; public List<Line> Lines { get; set; } = []; }

        public class Line { public int Id { get; set; } public int OrderId { get; set; } public Order Order { get; set; } = null!; public decimal Price { get; set; } }

        """;

    // LanguageExt has operators on queries in the global namespace, and System.Linq.Async types that the framework has too.
    private static readonly CSharpCompilation Base = Libraries.Compile(
        Usings, Libraries.All.Where(reference => Path.GetFileName(reference.FilePath) is not ("LanguageExt.Core.dll" or "System.Linq.Async.dll")));

    private readonly SyntaxTree _tree;

    private CodeUnderTest(string source, string assembly = "Shop")
    {
        _tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview), "Code.cs");
        Compilation = Base.WithAssemblyName(assembly).AddSyntaxTrees(_tree);
        Assert.Empty(Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Facts = DbFacts.For(Compilation, [], CancellationToken.None)!;
    }

    public CSharpCompilation Compilation { get; }

    public DbFacts Facts { get; }

    /// <summary>Reads a whole source file.</summary>
    public static CodeUnderTest Of(string source, string assembly = "Shop") => new(source, assembly);

    /// <summary>Reads statements of an asynchronous method.</summary>
    public static CodeUnderTest Statements(string statements) => new(
        $$"""
        class Report
        {
            private Shop _db = null!;
            private int _position;

            private Shop Db => _db;

            async Task<object?> RunAsync(
                Shop db, IDbContextFactory<Shop> factory, DbConnection connection, IDbConnection plain, NpgsqlConnection npgsql, NpgsqlDataSource source,
                DbCommand given, IQueryable<Order> unknown, List<Order> orders, int[] ids, string text, bool flag, CancellationToken ct)
            {
                {{statements}}
                return null;
            }

            static void Use(object? value) { }
        }
        """);

    /// <summary>The only call of the marked line, <c>//1</c> unless told.</summary>
    public DbCall Call(string mark = "//1") => Assert.Single(Calls(mark));

    /// <summary>The calls of the marked line.</summary>
    public ImmutableArray<DbCall> Calls(string mark = "//1")
    {
        int line = Lines().FindIndex(text => text.EndsWith(mark, StringComparison.Ordinal));
        Assert.True(line >= 0, $"No line ends with {mark}");
        return [.. AllCalls().Where(call => call.Operation.Syntax.GetLocation().GetLineSpan() is var span
            && span.StartLinePosition.Line <= line && span.EndLinePosition.Line >= line)];
    }

    /// <summary>The calls of all bodies, in source order.</summary>
    public ImmutableArray<DbCall> AllCalls() => [.. Bodies().SelectMany(body => body.Facts.Calls)];

    /// <summary>The facts of every member body and initializer, with the member.</summary>
    public IEnumerable<(ISymbol Owner, BodyFacts Facts)> Bodies()
    {
        SemanticModel model = Compilation.GetSemanticModel(_tree);
        foreach (SyntaxNode node in _tree.GetRoot().DescendantNodes().Where(IsBody))
        {
            SyntaxNode member = node is EqualsValueClauseSyntax { Parent: { } variable } ? variable : node;
            if (model.GetOperation(node) is { } body && model.GetDeclaredSymbol(member) is { } owner)
                yield return (owner, Facts.Body(owner, [.. Blocks(body)]));
        }
    }

    /// <summary>The innermost iteration around the marked call, whatever it is.</summary>
    public DbRules.Engine.Flow.Iteration Iteration(string mark = "//1")
    {
        DbCall call = Call(mark);
        return call.RepetitionBeyond(-1).PerElement ?? throw new InvalidOperationException("No iteration repeats the call.");
    }

    /// <summary>Methods and constructors, and the initializers of fields and properties.</summary>
    private static bool IsBody(SyntaxNode node) => node is BaseMethodDeclarationSyntax
        or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } };

    private static IEnumerable<IOperation> Blocks(IOperation body) => body switch
    {
        IMethodBodyOperation method => new IOperation?[] { method.BlockBody, method.ExpressionBody }.OfType<IOperation>(),
        IConstructorBodyOperation constructor => new IOperation?[] { constructor.Initializer, constructor.BlockBody, constructor.ExpressionBody }.OfType<IOperation>(),
        _ => [body],
    };

    private List<string> Lines() => [.. _tree.GetText().Lines.Select(line => line.ToString().TrimEnd())];
}
