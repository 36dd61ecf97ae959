using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace DbRules.Engine.Tests.Models;

public sealed class ModelIndexTests
{
    private const string Usings = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Data;
        using System.Data.Common;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Dapper;
        using Microsoft.EntityFrameworkCore;
        using Npgsql;

        """;

    private const string Shop = """
        public class Order { public int Id { get; set; } public List<Line> Lines { get; set; } = new(); }
        public class Line { public int Id { get; set; } }
        public class ShopContext : DbContext
        {
            public DbSet<Order> Orders => Set<Order>();
            public override int SaveChanges(bool acceptAllChangesOnSuccess) => base.SaveChanges(acceptAllChangesOnSuccess);
            public override Task<int> SaveChangesAsync(CancellationToken cancellationToken = default) => base.SaveChangesAsync(cancellationToken);
            public Order? Find(string code) => null;
            public new void RemoveRange(params object[] entities) { }
        }

        """;

    [Theory]
    // EF Core: members of generic types, constructed and reduced extensions, overrides in the compilation.
    [InlineData("(ShopContext db) => db.Orders.Find(1)", "Microsoft.EntityFrameworkCore.DbSet`1.Find")]
    [InlineData("(ShopContext db) => db.Orders.ToListAsync()", "Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync")]
    [InlineData("(ShopContext db) => EntityFrameworkQueryableExtensions.ToListAsync(db.Orders)", "Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync")]
    [InlineData("(ShopContext db) => db.SaveChanges(true)", "Microsoft.EntityFrameworkCore.DbContext.SaveChanges")]
    [InlineData("(ShopContext db) => db.SaveChangesAsync()", "Microsoft.EntityFrameworkCore.DbContext.SaveChangesAsync")]
    [InlineData("(ShopContext db) => db.Database.BeginTransaction()", "Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade.BeginTransaction")]
    [InlineData("(ShopContext db) => db.Database.BeginTransaction(IsolationLevel.Serializable)", "Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.BeginTransaction")]
    [InlineData("(ShopContext db) => db.Orders.Include(o => o.Lines).ThenInclude(l => l.Id)", "Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ThenInclude")]
    [InlineData("(ShopContext db, Order o) => db.Entry(o).Collection(x => x.Lines).Load()", "Microsoft.EntityFrameworkCore.ChangeTracking.CollectionEntry.Load")]
    [InlineData("(ShopContext db, Order o) => db.Entry(o).Collection(x => x.Lines).Query()", "Microsoft.EntityFrameworkCore.ChangeTracking.CollectionEntry`2.Query")]
    [InlineData("(Microsoft.EntityFrameworkCore.Infrastructure.PooledDbContextFactory<ShopContext> f) => f.CreateDbContext()", "Microsoft.EntityFrameworkCore.IDbContextFactory`1.CreateDbContext")]
    // In the compilation's own assembly a member must really hide: an overload of its own is not the row's.
    [InlineData("(ShopContext db) => db.Find(\"code\")", null)]
    [InlineData("(ShopContext db) => db.RemoveRange(1, 2)", "Microsoft.EntityFrameworkCore.DbContext.RemoveRange")]
    // LINQ.
    [InlineData("(ShopContext db) => db.Orders.Where(o => o.Id > 1)", "System.Linq.Queryable.Where")]
    [InlineData("(List<Order> l) => l.Where(o => o.Id > 1)", "System.Linq.Enumerable.Where")]
    // Dapper.
    [InlineData("(IDbConnection c) => c.Query<Order>(\"\")", "Dapper.SqlMapper.Query")]
    [InlineData("(IDbConnection c) => c.Query<Order, Line, Order>(\"\", (o, l) => o)", "Dapper.SqlMapper.Query")]
    [InlineData("(SqlMapper.GridReader g) => g.Read<Order>()", "Dapper.SqlMapper+GridReader.Read")]
    [InlineData("() => new CommandDefinition(\"\")", "Dapper.CommandDefinition..ctor")]
    // ADO.NET: overrides, hiding, overloads of providers, interfaces.
    [InlineData("(NpgsqlCommand c) => c.ExecuteNonQuery()", "System.Data.Common.DbCommand.ExecuteNonQuery")]
    [InlineData("(NpgsqlCommand c) => c.ExecuteReader()", "System.Data.Common.DbCommand.ExecuteReader")]
    [InlineData("(NpgsqlCommand c) => c.ExecuteReaderAsync(CommandBehavior.Default, default)", "System.Data.Common.DbCommand.ExecuteReaderAsync")]
    [InlineData("(NpgsqlConnection c) => c.BeginTransaction()", "Npgsql.NpgsqlConnection.BeginTransaction")]
    [InlineData("(Microsoft.Data.SqlClient.SqlConnection c) => c.BeginTransaction(\"name\")", "System.Data.Common.DbConnection.BeginTransaction")]
    [InlineData("(NpgsqlConnection c) => c.BeginBinaryImport(\"\")", "Npgsql.NpgsqlConnection.BeginBinaryImport")]
    [InlineData("(NpgsqlDataSource d) => d.OpenConnectionAsync()", "System.Data.Common.DbDataSource.OpenConnectionAsync")]
    [InlineData("() => new NpgsqlCommand(\"\")", "Npgsql.NpgsqlCommand..ctor")]
    [InlineData("(IDbCommand c) => c.ExecuteScalar()", "System.Data.IDbCommand.ExecuteScalar")]
    [InlineData("(NpgsqlConnection c) => c.Dispose()", "System.IDisposable.Dispose")]
    [InlineData("(NpgsqlConnection c) => c.Close()", "System.Data.Common.DbConnection.Close")]
    // What stands around.
    [InlineData("(ConcurrentDictionary<int, int> d) => d.TryGetValue(1, out _)", "System.Collections.Concurrent.ConcurrentDictionary`2.TryGetValue")]
    [InlineData("(SortedDictionary<int, int> d) => d.TryGetValue(1, out _)", "System.Collections.Generic.IDictionary`2.TryGetValue")]
    [InlineData("(List<int> l) => l.GetEnumerator().MoveNext()", "System.Collections.IEnumerator.MoveNext")]
    [InlineData("(HashSet<int> s) => s.Contains(1)", null)]
    [InlineData("() => string.Empty.Trim()", null)]
    public void A_call_finds_its_row(string lambda, string? row)
    {
        var (compilation, body) = Bind(lambda);
        var method = Assert.IsAssignableFrom<IMethodSymbol>(compilation.GetSemanticModel(body.SyntaxTree).GetSymbolInfo(body).Symbol);
        var index = ModelIndex.Create(compilation, ModelSet.BuiltIn);
        Assert.Equal(row, index.Of(method)?.ToString());
        Assert.Same(index.Of(method), index.Of(method.OriginalDefinition));
    }

    [Theory]
    [InlineData("(NpgsqlCommand c) => c.CommandText", ParameterRole.Sql)]
    [InlineData("(NpgsqlCommand c) => c.Transaction", ParameterRole.Transaction)]
    [InlineData("(IDbCommand c) => c.Connection", ParameterRole.Connection)]
    [InlineData("(CommandDefinition c) => c.CommandText", ParameterRole.Sql)]
    [InlineData("(ShopContext db) => db.Database.CurrentTransaction", ParameterRole.Transaction)]
    public void A_property_finds_its_row(string lambda, ParameterRole role)
    {
        var (compilation, body) = Bind(lambda);
        var property = Assert.IsAssignableFrom<IPropertySymbol>(compilation.GetSemanticModel(body.SyntaxTree).GetSymbolInfo(body).Symbol);
        Assert.Equal("return", ModelIndex.Create(compilation, ModelSet.BuiltIn).Of(property)!.Parameters[role]);
    }

    [Theory]
    [InlineData("ShopContext", TypeTraits.Session | TypeTraits.Context | TypeTraits.Library | TypeTraits.Enlists, null)]
    [InlineData("DbSet<Order>", TypeTraits.Query, null)]
    [InlineData("Npgsql.NpgsqlConnection", TypeTraits.Session | TypeTraits.Connection | TypeTraits.Library | TypeTraits.Enlists | TypeTraits.SharesTransaction, "postgresql")]
    [InlineData("Npgsql.NpgsqlCommand", TypeTraits.Command, "postgresql")]
    [InlineData("Microsoft.Data.SqlClient.SqlDataReader", TypeTraits.Reader, null)]
    [InlineData("Microsoft.Data.SqlClient.SqlConnection", TypeTraits.Session | TypeTraits.Connection | TypeTraits.Library | TypeTraits.Enlists, "sqlserver")]
    [InlineData("IDbConnection", TypeTraits.Session | TypeTraits.Connection | TypeTraits.Library | TypeTraits.Enlists, null)]
    [InlineData("Npgsql.NpgsqlTransaction", TypeTraits.Transaction, "postgresql")]
    [InlineData("NpgsqlDataSource", TypeTraits.SessionFactory | TypeTraits.Pool, "postgresql")]
    [InlineData("IDbContextFactory<ShopContext>", TypeTraits.SessionFactory, null)]
    [InlineData("SqlMapper.GridReader", TypeTraits.Reader, null)]
    [InlineData("BlockingCollection<int>", TypeTraits.Consumes, null)]
    [InlineData("Xunit.TheoryAttribute", TypeTraits.Test, null)]
    [InlineData("TContext", TypeTraits.Session | TypeTraits.Context | TypeTraits.Library | TypeTraits.Enlists, null)]
    [InlineData("List<int>", null, null)]
    [InlineData("string", null, null)]
    [InlineData("Order[]", null, null)]
    [InlineData("DoesNotExist", null, null)]
    public void A_type_adds_up_its_lineage(string type, TypeTraits? traits, string? dialect)
    {
        var compilation = Libraries.Compile($"{Usings}{Shop}class C<TContext> where TContext : ShopContext {{ {type} field; }}");
        var declared = compilation.SyntaxTrees[0].GetRoot().DescendantNodes().OfType<FieldDeclarationSyntax>().Last().Declaration.Type;
        var model = ModelIndex.Create(compilation, ModelSet.BuiltIn).Of(compilation.GetSemanticModel(declared.SyntaxTree).GetTypeInfo(declared).Type!);
        Assert.Equal((traits, dialect), (model?.Traits, model?.Dialect));
    }

    [Fact]
    public void Members_of_the_compilation_that_implement_a_modelled_interface_find_its_row()
    {
        var compilation = Libraries.Compile(Usings + """
            abstract class Wrapper : IDbCommand
            {
                public int ExecuteNonQuery() => 0;
                object? IDbCommand.ExecuteScalar() => null;
                public virtual IDataReader ExecuteReader() => null!;
                public IDataReader ExecuteReader(int unrelated) => null!;
                public abstract IDataReader ExecuteReader(CommandBehavior behavior);
                public abstract string? CommandText { get; set; }
            }
            abstract class Derived : Wrapper { public override IDataReader ExecuteReader() => null!; }
            """);
        var index = ModelIndex.Create(compilation, ModelSet.BuiltIn);
        var members = compilation.GetTypeByMetadataName("Wrapper")!.GetMembers().OfType<IMethodSymbol>().ToList();
        MemberModel? Row(string name) => index.Of(members.First(member => member.Name == name));
        Assert.Equal("System.Data.IDbCommand.ExecuteNonQuery", Row("ExecuteNonQuery")?.ToString());
        Assert.Equal("System.Data.IDbCommand.ExecuteScalar", Row("System.Data.IDbCommand.ExecuteScalar")?.ToString());
        Assert.Equal("System.Data.IDbCommand.ExecuteReader", Row("ExecuteReader")?.ToString());
        Assert.Null(index.Of(members.Single(member => member.Parameters.Any(parameter => parameter.Name == "unrelated"))));
        Assert.Equal("System.Data.IDbCommand.ExecuteReader", index.Of((IMethodSymbol)compilation.GetTypeByMetadataName("Derived")!.GetMembers("ExecuteReader").Single())?.ToString());
        Assert.NotNull(index.Of((IPropertySymbol)compilation.GetTypeByMetadataName("Wrapper")!.GetMembers("CommandText").Single()));
    }

    [Fact]
    public void Members_of_extension_blocks_find_the_row_of_their_class()
    {
        var compilation = Libraries.Compile("""
            public static class Queries { extension(string text) { public int Fetch(int id) => id; } }
            class C { int M(string s) => s.Fetch(1); }
            """);
        var models = User("type Queries\n  Fetch  round-trip reads one  key:id connection:text");
        Assert.Empty(models.Check(compilation));
        var call = compilation.SyntaxTrees[0].GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Single();
        var method = (IMethodSymbol)compilation.GetSemanticModel(call.SyntaxTree).GetSymbolInfo(call).Symbol!;
        Assert.Equal("Queries.Fetch", ModelIndex.Create(compilation, models).Of(method)?.ToString());
    }

    [Fact]
    public void An_indexer_has_the_name_Item()
    {
        var compilation = Libraries.Compile("class Store { public string this[int id] => \"\"; }");
        var models = User("type Store\n  Item  round-trip reads one  key:id");
        Assert.Empty(models.Check(compilation));
        var indexer = compilation.GetTypeByMetadataName("Store")!.GetMembers().OfType<IPropertySymbol>().Single();
        Assert.Equal("Store.Item", ModelIndex.Create(compilation, models).Of(indexer)?.ToString());
    }

    [Fact]
    public void Only_and_derived_rows_speak_about_members_that_hide()
    {
        const string source = "public class Base { public void Load() { } } public class Derived : Base { public new void Load() { } }";
        var compilation = Libraries.Compile(source);
        var load = (IMethodSymbol)compilation.GetTypeByMetadataName("Derived")!.GetMembers("Load").Single();
        Assert.Null(ModelIndex.Create(compilation, User("type Base\n  Load reads many")).Of(load));
        Assert.NotNull(ModelIndex.Create(compilation, User("type Base and-derived\n  Load reads many")).Of(load));
    }

    [Fact]
    public void A_users_row_beats_ours()
    {
        var (compilation, body) = Bind("(ShopContext db) => db.SaveChanges(true)");
        var method = (IMethodSymbol)compilation.GetSemanticModel(body.SyntaxTree).GetSymbolInfo(body).Symbol!;
        var index = ModelIndex.Create(compilation, User("library Mine\ntype Microsoft.EntityFrameworkCore.DbContext\n  SaveChanges[Async]  nothing"));
        Assert.Equal(("Mine", DbEffect.None), (index.Of(method)!.Library, index.Of(method)!.Effect));
        Assert.Equal("EF Core", ModelIndex.Create(compilation, ModelSet.BuiltIn).Of(method)!.Library);
        // A line that only heads rows leaves the type what it was.
        Assert.True(index.Of(compilation.GetTypeByMetadataName("ShopContext")!)!.Has(TypeTraits.Session));
    }

    [Fact]
    public void A_users_type_line_beats_ours()
    {
        var compilation = Libraries.Compile(Usings + Shop);
        var context = compilation.GetTypeByMetadataName("ShopContext")!;
        Assert.Equal(TypeTraits.None, ModelIndex.Create(compilation, User("type ShopContext nothing")).Of(context)!.Traits);
        Assert.Equal(TypeTraits.AtMostOne,
            ModelIndex.Create(compilation, User("type Microsoft.EntityFrameworkCore.DbContext and-derived at-most-one")).Of(context)!.Traits);
    }

    [Theory]
    [InlineData("Store", true)]
    [InlineData("Store`1", true)]
    [InlineData("Far.Near.Store", true)]
    [InlineData("Near.Store", false)]
    [InlineData("ar.Near.Store", false)]
    [InlineData("Far.Near.Outer+Store", true)]
    [InlineData("Far.Near.Outer.Store", false)]
    [InlineData("Far.Near.Outer+Store`2", false)]
    [InlineData("Far.Near.Outer`1+Store`2", true)]
    public void A_line_speaks_of_the_type_of_its_full_name_alone(string line, bool speaks)
    {
        const string source =
            """
            class Store { }
            class Store<T> { }
            namespace Far.Near { class Store { } class Outer { public class Store { } } class Outer<T> { public class Store<T1, T2> { } } }
            namespace Farther.Near { class Store { } }
            """;
        var compilation = Libraries.Compile(source);
        var index = ModelIndex.Create(compilation, User($"type {line} session"));
        string[] all = ["Store", "Store`1", "Far.Near.Store", "Far.Near.Outer+Store", "Far.Near.Outer`1+Store`2", "Farther.Near.Store"];
        Assert.Equal(speaks ? [line] : [], all.Where(name => index.Of(compilation.GetTypeByMetadataName(name)!) is not null));
    }

    [Fact]
    public void Of_two_user_files_the_one_that_sorts_first_wins()
    {
        var compilation = Libraries.Compile("public class Store { public void Load() { } }");
        var models = ModelSet.Create([new TextFile("b.dbmodel", "type Store\n  Load writes"), new TextFile("a.dbmodel", "type Store\n  Load reads many"), new TextFile("a.txt", "junk")]);
        Assert.Empty(models.Problems);
        var load = (IMethodSymbol)compilation.GetTypeByMetadataName("Store")!.GetMembers("Load").Single();
        Assert.Equal(DbEffect.Reads, ModelIndex.Create(compilation, models).Of(load)!.Effect);
    }

    [Fact]
    public void Without_user_files_the_set_is_ours_and_one_text_is_read_once()
    {
        Assert.Same(ModelSet.BuiltIn, ModelSet.Create([new TextFile("a.txt", "junk")]));
        var file = new TextFile("a.DBMODEL", "type Store\n  Load reads many");
        Assert.Same(ModelSet.Create([file]).Layers[0], ModelSet.Create([file]).Layers[0]);
    }

    [Fact]
    public void The_name_filter_knows_our_names_and_the_users()
    {
        var compilation = Libraries.Compile("");
        var index = ModelIndex.Create(compilation, User("type Store\n  Harvest reads many"));
        Assert.True(index.MayModel("Harvest") && index.MayModel("SaveChangesAsync") && index.MayModel(".ctor"));
        Assert.False(index.MayModel("Sow"));
    }

    [Theory]
    [InlineData("class A : B { public void Load() { } } class B : A { public new void Load() { } }")]
    [InlineData("interface I : I { int ExecuteScalar(); } class C : I, IDbCommand { int I.ExecuteScalar() => 0; object IDbCommand.ExecuteScalar( }")]
    [InlineData("class C<T> : DbContext, Missing<T> where T : T { public override int SaveChanges(Missing m) => 0; public new void Add(T entity) { } }")]
    [InlineData("class C<T, U> where T : U where U : T { T Find(U u) => default; int this[] => 1; public C( }")]
    [InlineData("void Where() { } int ToList() => 0; partial class C { partial void Load(); partial void Load() { } } delegate int Find(")]
    public void Broken_code_is_answered_without_an_exception(string source)
    {
        var compilation = Libraries.Compile(Usings + source);
        var index = ModelIndex.Create(compilation, User("type A and-derived\n  Load waits\ntype B and-derived\n  Load lazy\ntype C`1 session\n  Find waits"));
        var model = compilation.GetSemanticModel(compilation.SyntaxTrees[0]);
        foreach (var node in compilation.SyntaxTrees[0].GetRoot().DescendantNodes())
        {
            foreach (var symbol in new[] { model.GetDeclaredSymbol(node), model.GetSymbolInfo(node).Symbol })
            {
                if (symbol is IMethodSymbol method)
                    index.Of(method);
                if (symbol is IPropertySymbol property)
                    index.Of(property);
            }

            if (model.GetTypeInfo(node).Type is { } type)
                index.Of(type);
        }
    }

    [Fact]
    public void Looking_up_again_allocates_nothing()
    {
        var (compilation, body) = Bind("(ShopContext db) => db.Orders.ToListAsync()");
        var method = (IMethodSymbol)compilation.GetSemanticModel(body.SyntaxTree).GetSymbolInfo(body).Symbol!;
        var type = compilation.GetTypeByMetadataName("ShopContext")!;
        var index = ModelIndex.Create(compilation, ModelSet.BuiltIn);
        void LookUp()
        {
            index.Of(method);
            index.Of(type);
            index.MayModel("Sow");
        }

        LookUp();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            LookUp();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Threads_may_ask_at_once()
    {
        var compilation = Libraries.Compile(Usings + Shop);
        var index = ModelIndex.Create(compilation, ModelSet.BuiltIn);
        var methods = compilation.GetTypeByMetadataName("Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions")!.GetMembers().OfType<IMethodSymbol>().ToList();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => methods.ForEach(method => index.Of(method)))));
        Assert.All(methods.Where(method => method.Name == "ToListAsync"), method => Assert.NotNull(index.Of(method)));
    }

    private static (Compilation Compilation, ExpressionSyntax Body) Bind(string lambda)
    {
        var compilation = Libraries.Compile($"{Usings}{Shop}class C {{ void M() {{ var f = {lambda}; }} }}");
        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != "CS8917");
        Assert.Empty(errors);
        return (compilation, compilation.SyntaxTrees[0].GetRoot().DescendantNodes().OfType<LambdaExpressionSyntax>().Last(node => node.Parent is EqualsValueClauseSyntax).ExpressionBody!);
    }

    private static ModelSet User(string text)
    {
        var models = ModelSet.Create([new TextFile("User.dbmodel", text)]);
        Assert.Empty(models.Problems);
        return models;
    }
}
