using DbRules.CodeFixes.Transactions;
using DbRules.Rules.Transactions;
using Xunit;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>When DBR307 speaks, when it is quiet, and what its fix writes.</summary>
public sealed class UncompletedScopeTests
{
    private const string New = "{|DBR307:new TransactionScope|}()";
    private const string Flowing = "(TransactionScopeAsyncFlowOption.Enabled)";

    [Theory]
    [InlineData("using (var scope = NEW)\n{\n    db.SaveChanges();\n}", "using (var scope = NEW)\n{\n    db.SaveChanges();\n    scope.Complete();\n}")]
    [InlineData("using (var scope = NEW)\n{\n    db.SaveChanges(); // all of it\n    // done\n}", "using (var scope = NEW)\n{\n    db.SaveChanges(); // all of it\n    scope.Complete();\n    // done\n}")]
    [InlineData("using (var scope = NEW) { db.SaveChanges(); }", "using (var scope = NEW) { db.SaveChanges(); scope.Complete(); }")]
    [InlineData("using (NEW)\n{\n    db.SaveChanges();\n}", "using (var scope = NEW)\n{\n    db.SaveChanges();\n    scope.Complete();\n}")]
    [InlineData("using (var scope = NEW)\nusing (var own = new ShopContext())\n{\n    own.SaveChanges();\n}", "using (var scope = NEW)\nusing (var own = new ShopContext())\n{\n    own.SaveChanges();\n    scope.Complete();\n}")]
    [InlineData("var scope = NEW;\ntry\n{\n    db.SaveChanges();\n}\nfinally\n{\n    scope.Dispose();\n}", "var scope = NEW;\ntry\n{\n    db.SaveChanges();\n    scope.Complete();\n}\nfinally\n{\n    scope.Dispose();\n}")]
    [InlineData("if (open)\n{\n    using var scope = NEW;\n    db.Orders.Where(o => o.Id == id).ExecuteDelete();\n}", "if (open)\n{\n    using var scope = NEW;\n    db.Orders.Where(o => o.Id == id).ExecuteDelete();\n    scope.Complete();\n}")]
    [InlineData("using var scope = NEW;\nSave();\n// Nothing to say.\nreturn null;", "using var scope = NEW;\nSave();\nscope.Complete();\n// Nothing to say.\nreturn null;")]
    [InlineData("using var scope = NEW;\nvar order = new Order();\ndb.Add(order);\ndb.SaveChanges();\nreturn order.Id;", "using var scope = NEW;\nvar order = new Order();\ndb.Add(order);\ndb.SaveChanges();\nscope.Complete();\nreturn order.Id;")]
    [InlineData("using var scope = NEW;\nreturn connection.Execute(\"delete from orders\"); // all", "using var scope = NEW;\nvar result = connection.Execute(\"delete from orders\"); // all\nscope.Complete();\nreturn result;")]
    [InlineData("foreach (var result in new[] { 1 })\n    Use(result);\nusing var scope = NEW;\nreturn db.SaveChanges();", "foreach (var result in new[] { 1 })\n    Use(result);\nusing var scope = NEW;\nvar result2 = db.SaveChanges();\nscope.Complete();\nreturn result2;")]
    [InlineData("Action work = () =>\n{\n    using var scope = NEW;\n    db.SaveChanges();\n};\nwork();", "Action work = () =>\n{\n    using var scope = NEW;\n    db.SaveChanges();\n    scope.Complete();\n};\nwork();")]
    [InlineData("using (var scope = NEW)\n{\n    foreach (var order in db.Orders)\n    {\n        if (order.Open)\n            break;\n        db.Remove(order);\n    }\n\n    db.SaveChanges();\n}", "using (var scope = NEW)\n{\n    foreach (var order in db.Orders)\n    {\n        if (order.Open)\n            break;\n        db.Remove(order);\n    }\n\n    db.SaveChanges();\n    scope.Complete();\n}")]
    [InlineData("using (var scope = NEW)\n{\n    if (id < 0)\n        throw new ArgumentException(nameof(id));\n    db.SaveChanges();\n}", "using (var scope = NEW)\n{\n    if (id < 0)\n        throw new ArgumentException(nameof(id));\n    db.SaveChanges();\n    scope.Complete();\n}")]
    [InlineData("using var scope = NEW; return db.SaveChanges(); // all", "using var scope = NEW; var result = db.SaveChanges(); scope.Complete(); return result; // all")]
    public Task Completed(string before, string after) => ScopeCode<UncompletedScope, UncompletedScopeFix>.Fixes(
        before.Replace("NEW", New, StringComparison.Ordinal), after.Replace("NEW", "new TransactionScope()", StringComparison.Ordinal));

    [Theory]
    [InlineData("await db.SaveChangesAsync();")]
    [InlineData("await connection.ExecuteAsync(\"update orders set open = 0\");")]
    [InlineData("await connection.QueryAsync<int>(\"insert into orders (open) values (1) returning id\");")]
    [InlineData("await using var command = npgsql.CreateCommand();\ncommand.CommandText = \"delete from orders\";\nawait command.ExecuteNonQueryAsync();")]
    [InlineData("await db.Database.ExecuteSqlRawAsync(\"delete from orders\");")]
    [InlineData("Save();")]
    public Task Writes(string write) => ScopeCode<UncompletedScope, UncompletedScopeFix>.Fixes(
        $"using (var scope = {{|DBR307:new TransactionScope|}}{Flowing})\n{{\n    {write.ReplaceLineEndings("\n    ")}\n}}",
        $"using (var scope = new TransactionScope{Flowing})\n{{\n    {write.ReplaceLineEndings("\n    ")}\n    scope.Complete();\n}}");

    [Theory]
    // Several ways out.
    [InlineData("using var scope = NEW; db.SaveChanges(); if (open) return false; Use(id);")]
    [InlineData("using var scope = NEW; if (open) return db.SaveChanges(); return null;")]
    [InlineData("foreach (var one in new[] { 1, 2 }) { using var scope = NEW; if (one == id) continue; db.SaveChanges(); }")]
    [InlineData("foreach (var one in new[] { 1, 2 }) { using (var scope = NEW) { db.SaveChanges(); if (one == id) break; } }")]
    [InlineData("using var scope = NEW; while (true) { db.SaveChanges(); if (open) return null; }")]
    [InlineData("using (var scope = NEW) db.SaveChanges();")]
    [InlineData("var scope = NEW; db.SaveChanges(); scope.Dispose();")]
    public Task No_fix(string code) => Same(code.Replace("NEW", New, StringComparison.Ordinal));

    [Theory]
    [InlineData("using var scope = new TransactionScope(); db.SaveChanges(); if (open) return {|DBR307:Ok()|}; Save(); scope.Complete();")]
    [InlineData("using (var scope = new TransactionScope()) { db.SaveChanges(); if (open) return {|DBR307:true|}; scope.Complete(); }")]
    [InlineData("using (var scope = new TransactionScope()) { Save(); if (open) { return {|DBR307:Ok(id)|}; } Save(); scope.Complete(); return Ok(); }")]
    [InlineData("using var scope = new TransactionScope(); var order = new Order(); db.Add(order); db.SaveChanges(); if (open) return {|DBR307:order|}; Save(); scope.Complete();")]
    [InlineData("using var scope = new TransactionScope(); db.SaveChanges(); if (open) return {|DBR307:Task.FromResult(true)|}; Save(); scope.Complete();")]
    public Task A_successful_way_out_without_it(string code) => Same(code);

    [Theory]
    [InlineData("using var scope = new TransactionScope(); db.SaveChanges(); scope.Complete();")]
    [InlineData("using (var scope = new TransactionScope()) { db.SaveChanges(); scope.Complete(); return Ok(); }")]
    [InlineData("var scope = new TransactionScope(); try { db.SaveChanges(); scope.Complete(); } finally { scope.Dispose(); }")]
    [InlineData("var scope = new TransactionScope(); var done = db.SaveChanges() > 0; if (done) scope.Complete(); scope.Dispose(); return done;")]
    // Reads without locks, with nothing to complete.
    [InlineData("List<Order> all; using (new TransactionScope(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = Level.ReadUncommitted })) { all = db.Orders.ToList(); } Use(all);")]
    [InlineData("using var scope = open ? new TransactionScope() : null; db.SaveChanges(); scope?.Complete();")]
    [InlineData("TransactionScope? scope = new TransactionScope(); using (scope) { db.SaveChanges(); scope?.Complete(); }")]
    // Undone on purpose.
    [InlineData("using var scope = new TransactionScope(); db.SaveChanges(); if (open) return false; scope.Complete();")]
    [InlineData("using var scope = new TransactionScope(); db.SaveChanges(); if (open) return null; scope.Complete();")]
    [InlineData("using var scope = new TransactionScope(); db.SaveChanges(); if (open) return new ArgumentException(); scope.Complete();")]
    [InlineData("using var scope = new TransactionScope(); if (db.SaveChanges() == 1) scope.Complete();")]
    [InlineData("using var scope = new TransactionScope(); try { db.SaveChanges(); scope.Complete(); } catch (Exception) { return true; }")]
    [InlineData("using var scope = new TransactionScope(); db.SaveChanges(); throw new InvalidOperationException();")]
    [InlineData("using var scope = new TransactionScope(); var count = db.SaveChanges(); if (count == 0) return Ok(); scope.Complete();")]
    [InlineData("using var scope = new TransactionScope(); db.SaveChanges(); if (open) return Ok(false); scope.Complete();")]
    [InlineData("using (var scope = new TransactionScope()) { db.SaveChanges(); Transaction.Current!.Rollback(); }")]
    [InlineData("var dryRun = open; using var scope = new TransactionScope(); db.SaveChanges(); if (dryRun) return true; scope.Complete();")]
    [InlineData("bool IsPossibleDryRun() { using var scope = new TransactionScope(); db.SaveChanges(); var previewed = open; return previewed; } Use(IsPossibleDryRun());")]
    [InlineData("using var scope = new TransactionScope(); db.SaveChanges(); if (open) { scope.Dispose(); return Ok(); } scope.Complete();")]
    [InlineData("using (var scope = new TransactionScope()) { db.SaveChanges(); scope.Dispose(); }")]
    // Nothing was written on the way out, or it is not sure.
    [InlineData("using var scope = new TransactionScope(); if (open) return true; db.SaveChanges(); scope.Complete();")]
    [InlineData("using var scope = new TransactionScope(); if (id > 3) db.SaveChanges(); if (open) return Ok(); scope.Complete();")]
    [InlineData("using var scope = new TransactionScope(); db.SaveChanges(); scope.Complete(); if (open) return true; Use(id);")]
    [InlineData("using var scope = new TransactionScope(); if (open) { Save(); scope.Complete(); } return true;")]
    // It only reads.
    [InlineData("using var scope = new TransactionScope(); Use(db.Orders.First());")]
    [InlineData("using var scope = new TransactionScope(choice, new TransactionOptions { IsolationLevel = Level.ReadUncommitted }); Use(db.Orders.ToList());")]
    [InlineData("using var scope = new TransactionScope(); Use(Load());")]
    [InlineData("using var scope = new TransactionScope(); Use(connection.Query<int>(\"report\", commandType: CommandType.StoredProcedure));")]
    // It takes part in no transaction, or may not.
    [InlineData("using var scope = new TransactionScope(TransactionScopeOption.Suppress); db.SaveChanges();")]
    [InlineData("using var scope = new TransactionScope(choice); db.SaveChanges();")]
    [InlineData("using var scope = new TransactionScope(); sqlite.Execute(\"delete from orders\");")]
    // Somebody else may complete it.
    [InlineData("using var scope = new TransactionScope(); db.SaveChanges(); Use(scope);")]
    [InlineData("using var scope = new TransactionScope(); Action end = () => scope.Complete(); db.SaveChanges(); end();")]
    [InlineData("using var scope = new TransactionScope(); db.SaveChanges(); var other = scope; other.Complete();")]
    [InlineData("var scope = new TransactionScope(); db.SaveChanges(); return scope;")]
    // What is not done here.
    [InlineData("using var scope = new TransactionScope(); Action later = () => db.SaveChanges(); Use(later);")]
    public Task Quiet(string code) => ScopeCode<UncompletedScope, UncompletedScopeFix>.Reports(code);

    [Fact]
    public Task Tests_and_trial_runs() => ScopeCode<UncompletedScope, UncompletedScopeFix>.Reports(
        """
        using System.Transactions;

        class Importer(ShopContext db)
        {
            int DryRun() { using var scope = new TransactionScope(); return db.SaveChanges(); }
        }

        class PreviewBuilder(ShopContext db)
        {
            int Run() { using var scope = new TransactionScope(); return db.SaveChanges(); }
        }

        class DataSeeder(ShopContext db)
        {
            int Run() { using var scope = new TransactionScope(); return db.SaveChanges(); }
        }

        class Fields(ShopContext db)
        {
            private TransactionScope? _scope;

            void Begin() { _scope = new TransactionScope(); db.SaveChanges(); }
        }
        """);

    [Fact]
    public Task A_task_that_outlives_the_scope_and_values_without_a_type() => Same(
        """
        using System.Transactions;

        class Store(ShopContext db)
        {
            Task<int> RunAsync()
            {
                using var scope = {|DBR307:new TransactionScope|}();
                db.SaveChanges();
                return db.Orders.CountAsync();
            }

            int[] Run()
            {
                using var scope = {|DBR307:new TransactionScope|}();
                return [db.SaveChanges()];
            }
        }
        """);

    [Fact]
    public Task A_value_whose_type_is_that_of_the_method() => ScopeCode<UncompletedScope, UncompletedScopeFix>.Fixes(
        """
        using System.Transactions;

        class Store(ShopContext db)
        {
            Order Run()
            {
                using var scope = {|DBR307:new TransactionScope|}();
                return new() { Id = db.SaveChanges() };
            }
        }
        """,
        """
        using System.Transactions;

        class Store(ShopContext db)
        {
            Order Run()
            {
                using var scope = new TransactionScope();
                Order result = new() { Id = db.SaveChanges() };
                scope.Complete();
                return result;
            }
        }
        """);

    private static Task Same(string code) => ScopeCode<UncompletedScope, UncompletedScopeFix>.Fixes(code, code);
}
