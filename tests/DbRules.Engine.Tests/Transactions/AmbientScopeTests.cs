using DbRules.Engine.Calls;
using DbRules.Engine.Tests.Calls;
using DbRules.Engine.Transactions;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace DbRules.Engine.Tests.Transactions;

/// <summary>How long ambient transactions are, what happens meanwhile, and at which level they run.</summary>
public sealed class AmbientScopeTests
{
    [Theory]
    [InlineData("using (new TransactionScope()) { A(); } B();", "A")]
    [InlineData("using (var s = new TransactionScope()) { A(); } B();", "A")]
    [InlineData("using (IDisposable s = new TransactionScope()) A(); B();", "A")]
    [InlineData("A(); using var s = new TransactionScope(); B(); C();", "B C")]
    [InlineData("if (flag) { using var s = new TransactionScope(); A(); } B();", "A")]
    [InlineData("var s = new TransactionScope(); A(); try { B(); } finally { s.Dispose(); } C();", "A B")]
    [InlineData("var s = new TransactionScope(); A(); using (s) { B(); } C();", "A B")]
    [InlineData("var s = new TransactionScope(); try { A(); } finally { Use(flag ? s : null); } B();", null)]
    [InlineData("var s = new TransactionScope(); A(); s.Dispose(); B();", "A")]
    [InlineData("var s = new TransactionScope(); A(); if (flag) s.Dispose(); B();", null)]
    [InlineData("Use(new TransactionScope()); A();", null)]
    [InlineData("using var s = flag ? new TransactionScope() : null; A();", null)]
    [InlineData("using var t = new CommittableTransaction(); A();", null)]
    public void Lifetime(string statements, string? covered)
    {
        AmbientScope? scope = Scopes(statements).SingleOrDefault();
        string? found = scope is null ? null : string.Join(" ", scope.Body.OwnCalls.Where(call => call.Name.Length == 1 && scope.Covers(call.Operation)).Select(call => call.Name));
        Assert.Equal(covered, found);
    }

    [Theory]
    [InlineData("await W();", "await W()")]
    [InlineData("A(); if (flag) await W(); await Task.Yield();", "await W()")]
    [InlineData("Func<Task> later = async () => await W(); Use(later);", null)]
    [InlineData("async Task Later() => await W(); Use((Func<Task>)Later);", null)]
    [InlineData("await foreach (var o in db.Orders.AsAsyncEnumerable()) Use(o);", "await foreach (var o in db.Orders.AsAsyncEnumerable()) Use(o);")]
    [InlineData("foreach (var o in orders) Use(o);", null)]
    public void First_await(string statements, string? wait)
    {
        AmbientScope scope = Assert.Single(Scopes("using var s = new TransactionScope(); " + statements));
        Assert.Equal(wait, scope.FirstAwait(_ => true)?.Syntax.ToString());
    }

    [Theory]
    [InlineData("", "new TransactionScope(TransactionScopeAsyncFlowOption.Enabled)")]
    [InlineData("TransactionScopeAsyncFlowOption.Suppress", "new TransactionScope(TransactionScopeAsyncFlowOption.Enabled)")]
    [InlineData("TransactionScopeOption.Required, TimeSpan.Zero", "new TransactionScope(TransactionScopeOption.Required, TimeSpan.Zero, TransactionScopeAsyncFlowOption.Enabled)")]
    [InlineData("TransactionScopeOption.Required, default, EnterpriseServicesInteropOption.None", null)]
    public void Repair(string arguments, string? repaired)
    {
        CodeUnderTest code = Code($"using var s = new TransactionScope({arguments}); await W();");
        AmbientScope scope = Assert.Single(Scopes(code));
        FlowBreak found = code.Facts.Transactions.FlowBreakOf(scope)!;
        Assert.IsAssignableFrom<IAwaitOperation>(found.Await);
        Microsoft.CodeAnalysis.Text.SourceText text = scope.Creation.Syntax.SyntaxTree.GetText();
        string? result = found.Repair is { } change ? text.WithChanges(change).Lines.First(line => line.ToString().Contains("new TransactionScope", StringComparison.Ordinal)).ToString() : null;
        Assert.Equal(repaired, result?[result.IndexOf("new ", StringComparison.Ordinal)..(result.IndexOf("; await", StringComparison.Ordinal))]);
    }

    [Theory]
    [InlineData("db.SaveChanges();", "SaveChanges")]
    [InlineData("db.Orders.ExecuteDelete();", "ExecuteDelete")]
    [InlineData("connection.Execute(\"delete from orders\");", "Execute")]
    // What nobody can read is executed for what it changes, and queried for what it returns.
    [InlineData("connection.Execute(text);", "Execute")]
    [InlineData("connection.Query<int>(text);", null)]
    [InlineData("connection.Query<int>(\"insert into orders (id) values (1) returning id\");", "Query")]
    [InlineData("connection.Query<int>(\"select 1\");", null)]
    [InlineData("Save();", "Save")]
    [InlineData("Load();", null)]
    [InlineData("Own();", null)]
    [InlineData("db.Add(new Order());", null)]
    [InlineData("connection.Open(); connection.Execute(\"delete from orders\");", "Execute")]
    [InlineData("Action later = () => db.SaveChanges(); Use(later);", null)]
    [InlineData("orders.ForEach(o => db.Orders.Where(x => x.Id == o.Id).ExecuteDelete());", "ExecuteDelete")]
    public void Writes(string statements, string? write)
    {
        CodeUnderTest code = Code("using var s = new TransactionScope(); " + statements);
        Assert.Equal(write, code.Facts.Transactions.UncompletedOf(Assert.Single(Scopes(code)))?.Write.Name);
    }

    [Theory]
    [InlineData("connection.Open(); using (new TransactionScope()) { connection.Execute(\"delete from orders\"); }", null)]
    [InlineData("connection.Open(); using (new TransactionScope()) { using var c = connection.CreateCommand(); c.CommandText = \"delete from orders\"; c.ExecuteNonQuery(); }", null)]
    [InlineData("connection.Open(); using (new TransactionScope()) { db.SaveChanges(); }", "SaveChanges")]
    public void A_connection_that_is_open_before_takes_no_part(string statements, string? write)
    {
        CodeUnderTest code = Code(statements);
        Assert.Equal(write, code.Facts.Transactions.UncompletedOf(Assert.Single(Scopes(code)))?.Write.Name);
    }

    [Theory]
    [InlineData("new TransactionScope()", true, null)]
    [InlineData("new TransactionScope(TransactionScopeOption.Required, new TransactionOptions())", true, "Serializable")]
    [InlineData("new TransactionScope(TransactionScopeOption.Required, default(TransactionOptions))", true, "Serializable")]
    [InlineData("new TransactionScope(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = System.Transactions.IsolationLevel.RepeatableRead })", true, "RepeatableRead")]
    [InlineData("new TransactionScope(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = System.Transactions.IsolationLevel.Snapshot })", false, null)]
    [InlineData("new TransactionScope(TransactionScopeOption.Required, Made())", false, null)]
    [InlineData("new TransactionScope(TransactionScopeOption.Suppress)", false, null)]
    [InlineData("new TransactionScope(Transaction.Current!)", false, null)]
    public void Level(string creation, bool isStrict, string? level)
    {
        CodeUnderTest code = Code($"using var s = {creation}; db.SaveChanges(); s.Complete();");
        ConflictRisk? risk = code.Facts.Transactions.UnretriedOf(Assert.Single(Scopes(code)));
        Assert.Equal(isStrict, risk is not null);
        Assert.Equal(level, risk?.Level);
    }

    private static IReadOnlyList<AmbientScope> Scopes(string statements) => Scopes(Code(statements));

    private static IReadOnlyList<AmbientScope> Scopes(CodeUnderTest code) => [.. code.Bodies().SelectMany(body => code.Facts.Transactions.ScopesOf(body.Facts)).Where(scope => scope.Body.Owner!.Name == "RunAsync")];

    private static CodeUnderTest Code(string statements) => CodeUnderTest.Of(
        $$"""
        using System.Transactions;

        class Store
        {
            async Task<object?> RunAsync(Shop db, DbConnection connection, List<Order> orders, string text, bool flag)
            {
                {{statements}}
                return null;
            }

            static void A() { }

            static void B() { }

            static void C() { }

            static async Task W() => await Task.Yield();

            static void Use(object? value) { }

            static TransactionOptions Made() => new() { IsolationLevel = System.Transactions.IsolationLevel.ReadCommitted };

            void Save() => new Shop().SaveChanges();

            int Load() => new Shop().Orders.Count();

            void Own() { using var shop = new Shop(); using var own = shop.Database.BeginTransaction(); shop.SaveChanges(); own.Commit(); }
        }
        """);
}
