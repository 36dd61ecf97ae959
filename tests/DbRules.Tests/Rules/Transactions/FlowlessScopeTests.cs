using DbRules.CodeFixes.Transactions;
using DbRules.Rules.Transactions;
using Xunit;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>When DBR306 speaks, when it is quiet, and what its fix writes.</summary>
public sealed class FlowlessScopeTests
{
    private const string Enabled = "TransactionScopeAsyncFlowOption.Enabled";

    [Theory]
    [InlineData("", Enabled)]
    [InlineData("TransactionScopeAsyncFlowOption.Suppress", Enabled)]
    [InlineData("TransactionScopeOption.Required", "TransactionScopeOption.Required, " + Enabled)]
    [InlineData("TransactionScopeOption.Suppress", "TransactionScopeOption.Suppress, " + Enabled)]
    [InlineData("choice", "choice, " + Enabled)]
    [InlineData("TransactionScopeOption.Required, TransactionScopeAsyncFlowOption.Suppress", "TransactionScopeOption.Required, " + Enabled)]
    [InlineData("TransactionScopeOption.Required, options", "TransactionScopeOption.Required, options, " + Enabled)]
    [InlineData("TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = Level.ReadCommitted }", "TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = Level.ReadCommitted }, " + Enabled)]
    [InlineData("TransactionScopeOption.Required, TimeSpan.Zero", "TransactionScopeOption.Required, TimeSpan.Zero, " + Enabled)]
    [InlineData("given", "given, " + Enabled)]
    [InlineData("given, TimeSpan.Zero", "given, TimeSpan.Zero, " + Enabled)]
    [InlineData("transactionOptions: options, scopeOption: choice", "transactionOptions: options, scopeOption: choice, asyncFlowOption: " + Enabled)]
    [InlineData("TransactionScopeOption.Required,\n    // As the caller says.\n    options", "TransactionScopeOption.Required,\n    // As the caller says.\n    options,\n    " + Enabled)]
    public Task Options(string before, string after) => Fixes(
        $"using (var scope = {{|DBR306:new TransactionScope|}}({before})) {{ await db.SaveChangesAsync(); scope.Complete(); }}",
        $"using (var scope = new TransactionScope({after})) {{ await db.SaveChangesAsync(); scope.Complete(); }}");

    [Theory]
    // Each way to hold a scope.
    [InlineData("using (SCOPE()) { await db.SaveChangesAsync(); }")]
    [InlineData("using (TransactionScope scope = SCOPE()) { await db.SaveChangesAsync(); }")]
    [InlineData("using (IDisposable scope = SCOPE()) await db.SaveChangesAsync();")]
    [InlineData("using var scope = SCOPE(); await db.SaveChangesAsync(); scope.Complete();")]
    [InlineData("if (open) { using var scope = SCOPE(); Use(id); await db.SaveChangesAsync(); scope.Complete(); }")]
    [InlineData("var scope = SCOPE(); try { await db.SaveChangesAsync(); scope.Complete(); } finally { scope.Dispose(); }")]
    [InlineData("var scope = SCOPE(); Use(id); using (scope) { await db.SaveChangesAsync(); scope.Complete(); }")]
    [InlineData("var scope = SCOPE(); await db.SaveChangesAsync(); scope.Complete(); scope.Dispose();")]
    // Each way to wait.
    [InlineData("using var scope = SCOPE(); await foreach (var order in db.Orders.AsAsyncEnumerable()) Use(order);")]
    [InlineData("using var scope = SCOPE(); await using var own = new ShopContext(); own.SaveChanges();")]
    [InlineData("using var scope = SCOPE(); await using (var own = new ShopContext()) own.SaveChanges();")]
    [InlineData("using var scope = SCOPE(); if (open) return await connection.ExecuteAsync(\"delete from orders\").ConfigureAwait(false);")]
    [InlineData("using var scope = SCOPE(); db.SaveChanges(); scope.Complete(); await Task.Delay(1);")]
    [InlineData("Func<Task> work = async () => { using var scope = SCOPE(); await db.SaveChangesAsync(); scope.Complete(); }; await work();")]
    [InlineData("async Task WorkAsync() { using var scope = SCOPE(); await db.SaveChangesAsync(); scope.Complete(); } await WorkAsync();")]
    public Task Fires(string code) => Fixes(
        code.Replace("SCOPE", "{|DBR306:new TransactionScope|}", StringComparison.Ordinal), code.Replace("SCOPE()", "new TransactionScope(" + Enabled + ")", StringComparison.Ordinal));

    [Theory]
    [InlineData("using TransactionScope scope = {|DBR306:new|}(); await db.SaveChangesAsync();", "using TransactionScope scope = new(" + Enabled + "); await db.SaveChangesAsync();")]
    [InlineData("using var scope = {|DBR306:new TransactionScope|} { }; await db.SaveChangesAsync();", "using var scope = new TransactionScope(" + Enabled + ") { }; await db.SaveChangesAsync();")]
    // No constructor takes both.
    [InlineData("using var scope = {|DBR306:new TransactionScope|}(choice, options, EnterpriseServicesInteropOption.Full); await db.SaveChangesAsync();", null)]
    [InlineData("const TransactionScopeAsyncFlowOption Flow = TransactionScopeAsyncFlowOption.Suppress; using var scope = {|DBR306:new TransactionScope|}(Flow); await db.SaveChangesAsync();", "const TransactionScopeAsyncFlowOption Flow = TransactionScopeAsyncFlowOption.Suppress; using var scope = new TransactionScope(" + Enabled + "); await db.SaveChangesAsync();")]
    public Task Other_forms(string before, string? after) => Fixes(before, after ?? before);

    [Theory]
    [InlineData("using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled); await db.SaveChangesAsync();")]
    [InlineData("using var scope = new TransactionScope(choice, options, TransactionScopeAsyncFlowOption.Enabled); await db.SaveChangesAsync();")]
    [InlineData("const TransactionScopeAsyncFlowOption Flow = TransactionScopeAsyncFlowOption.Enabled; using var scope = new TransactionScope(Flow); await db.SaveChangesAsync();")]
    [InlineData("using var scope = new TransactionScope(flow); await db.SaveChangesAsync();")]
    [InlineData("using var scope = new TransactionScope(open ? TransactionScopeAsyncFlowOption.Enabled : TransactionScopeAsyncFlowOption.Suppress); await db.SaveChangesAsync();")]
    // Nothing waits while the scope is there.
    [InlineData("using (var scope = new TransactionScope()) { db.SaveChanges(); scope.Complete(); } await db.SaveChangesAsync();")]
    [InlineData("await db.SaveChangesAsync(); using var scope = new TransactionScope(); db.SaveChanges(); scope.Complete();")]
    [InlineData("using var scope = new TransactionScope(await Task.FromResult(choice)); db.SaveChanges(); scope.Complete();")]
    [InlineData("var scope = new TransactionScope(); try { db.SaveChanges(); } finally { scope.Dispose(); } await db.SaveChangesAsync();")]
    // Another function waits.
    [InlineData("using var scope = new TransactionScope(); Func<Task> later = async () => await db.SaveChangesAsync(); Use(later); scope.Complete();")]
    [InlineData("using var scope = new TransactionScope(); async Task Later() => await db.SaveChangesAsync(); Use((Func<Task>)Later); scope.Complete();")]
    // What is awaited has finished already.
    [InlineData("using var scope = new TransactionScope(); await Task.CompletedTask; Use(await Task.FromResult(id)); scope.Complete();")]
    [InlineData("using var scope = new TransactionScope(); await sqlite.OpenAsync(); await sqlite.ExecuteAsync(\"delete from orders\").ConfigureAwait(false); scope.Complete();")]
    // Where it ends is not in view.
    [InlineData("var scope = new TransactionScope(); Use(scope); await db.SaveChangesAsync();")]
    // Transactions that are not ambient.
    [InlineData("using var transaction = new CommittableTransaction(); await db.SaveChangesAsync(); transaction.Commit();")]
    [InlineData("await using var transaction = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await transaction.CommitAsync();")]
    public Task Quiet(string code) => ScopeCode<FlowlessScope, FlowlessScopeFix>.Reports(code);

    [Fact]
    public Task A_type_that_only_has_the_name() => ScopeCode<FlowlessScope, FlowlessScopeFix>.Reports(
        """
        sealed class TransactionScope : IDisposable
        {
            public void Complete() { }

            public void Dispose() { }
        }

        class Store(ShopContext db)
        {
            async Task RunAsync()
            {
                using var scope = new TransactionScope();
                await db.SaveChangesAsync();
                scope.Complete();
            }
        }
        """);

    [Fact]
    public Task A_file_that_does_not_import_the_namespace() => Fixes(
        """
        class Store(ShopContext db)
        {
            async Task RunAsync()
            {
                using var scope = {|DBR306:new System.Transactions.TransactionScope|}();
                await db.SaveChangesAsync();
                scope.Complete();
            }
        }
        """,
        """
        class Store(ShopContext db)
        {
            async Task RunAsync()
            {
                using var scope = new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled);
                await db.SaveChangesAsync();
                scope.Complete();
            }
        }
        """);

    private static Task Fixes(string before, string after) => ScopeCode<FlowlessScope, FlowlessScopeFix>.Fixes(before, after);
}
