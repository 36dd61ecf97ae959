using System.Collections.Immutable;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace DbRules.Engine.Tests.Flow;

/// <summary>Test code, compiled, with the operations at its markers: <c>/*here*/Db.Query(id)</c> marks the call.</summary>
internal sealed class FlowCode
{
    private const string Preamble = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Linq;
        using System.Linq.Expressions;
        using System.Threading;
        using System.Threading.Channels;
        using System.Threading.Tasks;

        """;

    private const string Declarations = """

        static class Db
        {
            public static int Query(int key = 0) => key;
            public static Task<int> QueryAsync(int key = 0, CancellationToken stop = default) => Task.FromResult(key);
            public static User? Find(int key) => null;
            public static Task<User?> FindAsync(int key) => Task.FromResult<User?>(null);
            public static bool Exists(int key) => false;
            public static Task<bool> ExistsAsync(int key) => Task.FromResult(false);
            public static List<int> List(int key = 0) => [];
            public static Task<List<int>> ListAsync(int key = 0) => Task.FromResult(new List<int>());
            public static int Run(Command command) => 0;
            public static int Run(object parameters) => 0;
            public static void Save(int key) { }
        }

        class User { public int Id; public int? ParentId { get; set; } public string Name { get; set; } = ""; public User? Parent { get; set; } }
        class Order { public int Id { get; set; } public int CustomerId { get; set; } public User? Customer { get; set; } public List<int> Lines { get; } = []; public int Total; }
        class Command { public List<object> Parameters { get; } = []; public string Text { get; set; } = ""; public void Add(object value) { } }
        static class CommandExtensions { public static Command With(this Command command, object value) => command; public static void Put(this List<object> list, object value) { } }
        class Page { public int Number { get; set; } public void Advance() { } }
        class Reader { public bool Read() => false; public Task<bool> ReadAsync() => Task.FromResult(false); public int Id => 0; public int GetInt32(int column) => 0; }
        class Cache { public bool TryGetValue(int key, out User? value) { value = null; return false; } public User? Get(int key) => null; public Task<User?> GetAsync(int key) => Task.FromResult<User?>(null); public void Set(int key, User? value) { } public User? GetOrCreate(int key, Func<int, User?> make) => null; }
        class Option<T> : List<T> { }
        class Consumer { public int Consume(CancellationToken stop) => 0; public async IAsyncEnumerator<int> GetAsyncEnumerator() { await Task.Yield(); yield return 1; } }
        static class Policy { public static void Execute(Action action) => action(); public static T Execute<T>(Func<T> action) => action(); }
        enum Kind { A, B, C }
        enum Large { A, B, C, D, E, F }
        """;

    private const string Parameters = """
        List<int> ids, IEnumerable<int> keys, int[] array, List<Order> orders, int id, int n, string name, CancellationToken stop, Reader reader, Queue<int> queue,
        Cache cache, Dictionary<int, User?> known, IAsyncEnumerable<int> stream, Func<int> next, ChannelReader<int> channel, Option<int> option, Command command, User user
        """;

    private static readonly Lazy<ImmutableArray<MetadataReference>> Framework = new(() =>
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.*.dll")
            .Where(path => !Path.GetFileName(path).Contains("Native", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    private readonly SyntaxTree _tree;

    private FlowCode(string source, OutputKind kind, bool mayHaveErrors)
    {
        _tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview));
        Compilation = CSharpCompilation.Create("Case", [_tree], Framework.Value, new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));
        Model = Compilation.GetSemanticModel(_tree);
        if (!mayHaveErrors)
            Assert.Empty(Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Roots = FindRoots();
        Origins = new Origins(Roots);
    }

    public static NamedVocabulary Vocabulary { get; } = new();

    public CSharpCompilation Compilation { get; }

    public SemanticModel Model { get; }

    /// <summary>The operation trees of all member bodies and initializers.</summary>
    public List<IOperation> Roots { get; }

    public Origins Origins { get; }

    public Iterations Iterations => new(Vocabulary, Origins);

    public IOperation Here => At("here");

    /// <summary>Statements of a method with parameters for all that the cases need; members stand beside the method.</summary>
    public static FlowCode In(string statements, string returns = "Task", string members = "") =>
        new($"{Preamble}class Case\n{{\n{members}\npublic async {returns} Run({Parameters})\n{{\n{statements}\n{End(returns)}\n}}\n}}{Declarations}", OutputKind.DynamicallyLinkedLibrary, false);

    /// <summary>Members of a class.</summary>
    public static FlowCode Members(string members, bool mayHaveErrors = false) =>
        new($"{Preamble}class Case\n{{\n{members}\n}}{Declarations}", OutputKind.DynamicallyLinkedLibrary, mayHaveErrors);

    /// <summary>Top-level statements.</summary>
    public static FlowCode Program(string statements, bool mayHaveErrors = false) =>
        new($"{Preamble}{statements}{Declarations}", OutputKind.ConsoleApplication, mayHaveErrors);

    /// <summary>The call behind a marker comment; any other expression when no call starts there.</summary>
    public IOperation At(string marker)
    {
        string comment = $"/*{marker}*/";
        int position = _tree.ToString().IndexOf(comment, StringComparison.Ordinal);
        Assert.True(position >= 0, $"no marker {comment}");
        SyntaxToken token = _tree.GetRoot().FindToken(position + comment.Length);
        SyntaxNode? node = token.Parent!.AncestorsAndSelf().FirstOrDefault(node => node is InvocationExpressionSyntax && node.SpanStart == token.SpanStart)
            ?? token.Parent.AncestorsAndSelf().TakeWhile(node => node.SpanStart == token.SpanStart).Last(node => node is ExpressionSyntax);
        IOperation? operation = Model.GetOperation(node);
        Assert.NotNull(operation);
        return operation;
    }

    public Iteration Innermost(string marker = "here") => Iterations.Around(At(marker)).First();

    /// <summary>What repeats the call: the nature of the first iteration that counts, else why the innermost does not; null outside of iterations.</summary>
    public Exemption? Verdict()
    {
        Exemption? innermost = null;
        foreach (Iteration iteration in Iterations.Around(Here))
        {
            Exemption exemption = Judge(iteration);
            if (exemption == Exemption.None)
                return Exemption.None;
            innermost ??= exemption;
        }

        return innermost;
    }

    private Exemption Judge(Iteration iteration)
    {
        if (iteration.ConstantCount <= 4)
            return Exemption.SmallSequence;
        if (iteration.Nature != Exemption.None)
            return iteration.Nature;
        if (new CachedLookups(Vocabulary, Origins).IsGuarded(Here, iteration))
            return Exemption.CachedLookup;
        if (new SearchLoops(Origins).LeavesOnHit(Here, iteration))
            return Exemption.Search;
        if (iteration.IsStatement && Paths.Around(Here, CancellationToken.None)?.RepeatsAfterSuccess(Here, iteration.Operation) == false)
            return Exemption.Retry;
        return Exemption.None;
    }

    private static string End(string returns) => returns == "Task" ? "await Task.Yield();" : "await Task.Yield(); return default!;";

    private List<IOperation> FindRoots()
    {
        var roots = new List<IOperation>();
        foreach (SyntaxNode node in _tree.GetRoot().DescendantNodesAndSelf(descendIntoChildren: node => node is not (StatementSyntax or ExpressionSyntax)))
        {
            if (node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax or CompilationUnitSyntax
                && Model.GetOperation(node) is { Parent: null } root)
            {
                roots.Add(root);
            }
        }

        return roots;
    }
}
