using DbRules.Rules.Transactions;
using Xunit;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>When DBR312 speaks, and when it is quiet.</summary>
public sealed class UnretriedTransactionTests
{
    private const string SerializableEf = "await using var t = await db.Database.{|DBR312:BeginTransactionAsync|}(DataLevel.Serializable); ";

    [Theory]
    [InlineData(SerializableEf + "await db.SaveChangesAsync(); await t.CommitAsync();")]
    [InlineData("using var t = db.Database.{|DBR312:BeginTransaction|}(DataLevel.RepeatableRead); db.SaveChanges(); t.Commit();")]
    [InlineData("await using var t = await connection.{|DBR312:BeginTransactionAsync|}(DataLevel.Serializable); await connection.ExecuteAsync(\"delete from orders\", transaction: t); await t.CommitAsync();")]
    [InlineData("using var t = npgsql.{|DBR312:BeginTransaction|}(DataLevel.Serializable); using var c = npgsql.CreateCommand(); c.CommandText = \"delete from orders\"; c.ExecuteNonQuery(); t.Commit();")]
    [InlineData("const DataLevel Strict = DataLevel.Serializable; using var t = npgsql.{|DBR312:BeginTransaction|}(Strict); Save(); t.Commit();")]
    [InlineData("using var s = {|DBR312:new TransactionScope|}(); db.SaveChanges(); s.Complete();")]
    [InlineData("using var s = {|DBR312:new TransactionScope|}(TransactionScopeAsyncFlowOption.Enabled); await db.SaveChangesAsync(); s.Complete();")]
    [InlineData("using var s = {|DBR312:new TransactionScope|}(TransactionScopeOption.RequiresNew, TimeSpan.FromMinutes(1)); Save(); s.Complete();")]
    [InlineData("using var s = {|DBR312:new TransactionScope|}(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = Level.RepeatableRead }); Save(); s.Complete();")]
    // An object of options that sets no level is serializable, too.
    [InlineData("using var s = {|DBR312:new TransactionScope|}(TransactionScopeOption.Required, new TransactionOptions { Timeout = TimeSpan.Zero }); Save(); s.Complete();")]
    [InlineData("using var s = {|DBR312:new TransactionScope|}(TransactionScopeOption.Required, default(TransactionOptions)); Save(); s.Complete();")]
    [InlineData("var o = new TransactionOptions(); o.IsolationLevel = Level.Serializable; using var s = {|DBR312:new TransactionScope|}(TransactionScopeOption.Required, o); Save(); s.Complete();")]
    // A handler that only adds words, and a loop over elements.
    [InlineData("try { using var s = {|DBR312:new TransactionScope|}(); Save(); s.Complete(); } catch (Exception e) { Use(e); throw; }")]
    [InlineData("foreach (var one in new[] { 1, 2 }) { using var s = {|DBR312:new TransactionScope|}(); Save(); s.Complete(); }")]
    public Task Fires(string code) => Reports(code);

    [Theory]
    [InlineData("await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync();")]
    [InlineData("await using var t = await db.Database.BeginTransactionAsync(DataLevel.ReadCommitted); await db.SaveChangesAsync(); await t.CommitAsync();")]
    [InlineData("await using var t = await db.Database.BeginTransactionAsync(DataLevel.Snapshot); await db.SaveChangesAsync(); await t.CommitAsync();")]
    [InlineData("var level = open ? DataLevel.Serializable : DataLevel.ReadCommitted; using var t = npgsql.BeginTransaction(level); Save(); t.Commit();")]
    [InlineData("using var s = new TransactionScope(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = Level.ReadCommitted }); Save(); s.Complete();")]
    [InlineData("var o = new TransactionOptions(); o.IsolationLevel = Level.ReadCommitted; using var s = new TransactionScope(TransactionScopeOption.Required, o); Save(); s.Complete();")]
    [InlineData("var o = new TransactionOptions { IsolationLevel = Level.ReadCommitted }; if (open) o.IsolationLevel = Level.Serializable; using var s = new TransactionScope(TransactionScopeOption.Required, o); Save(); s.Complete();")]
    [InlineData("using var s = new TransactionScope(TransactionScopeOption.Required, options); Save(); s.Complete();")]
    [InlineData("using var s = new TransactionScope(given); Save(); s.Complete();")]
    [InlineData("using var s = new TransactionScope(TransactionScopeOption.Suppress); Save();")]
    [InlineData("using var s = new TransactionScope(choice); Save(); s.Complete();")]
    // It only reads.
    [InlineData("await using var t = await db.Database.BeginTransactionAsync(DataLevel.RepeatableRead); Use(await db.Orders.CountAsync()); await t.CommitAsync();")]
    [InlineData("using var s = new TransactionScope(); Use(Load()); s.Complete();")]
    [InlineData("Save(); using var t = npgsql.BeginTransaction(DataLevel.Serializable); t.Commit();")]
    [InlineData("return npgsql.BeginTransaction(DataLevel.Serializable);")]
    // Something runs it again.
    [InlineData("await db.Database.CreateExecutionStrategy().ExecuteAsync(async () => { await using var t = await db.Database.BeginTransactionAsync(DataLevel.Serializable); await db.SaveChangesAsync(); await t.CommitAsync(); });")]
    [InlineData("for (var n = 0; n < 3; n++) { try { using var s = new TransactionScope(); Save(); s.Complete(); break; } catch (DbUpdateException) { } }")]
    [InlineData("while (true) { try { using var t = npgsql.BeginTransaction(DataLevel.Serializable); Save(); t.Commit(); return null; } catch (PostgresException) { } }")]
    [InlineData("try { using var s = new TransactionScope(); Save(); s.Complete(); } catch (DbUpdateException) { return false; }")]
    [InlineData("try { using var s = new TransactionScope(); Save(); s.Complete(); } catch (DbUpdateException) when (open) { throw; }")]
    [InlineData("void WithRetries(Action work) => work(); WithRetries(() => { using var s = new TransactionScope(); Save(); s.Complete(); });")]
    [InlineData("void SaveOnce() { using var s = new TransactionScope(); Save(); s.Complete(); } Use((Action)SaveOnce);")]
    [InlineData("var attempts = 3; Use(attempts); using var s = new TransactionScope(); Save(); s.Complete();")]
    // SQLite lets one transaction write at a time.
    [InlineData("using var t = sqlite.BeginTransaction(DataLevel.Serializable); sqlite.Execute(\"delete from orders\", transaction: t); t.Commit();")]
    public Task Quiet(string code) => Reports(code);

    [Theory]
    [InlineData("class CleanUpJob(ShopContext db)")]
    [InlineData("class OrderPlacedConsumer(ShopContext db)")]
    [InlineData("class CloseOrderHandler(ShopContext db)")]
    [InlineData("class Cleaner(ShopContext db) : IJob")]
    [InlineData("class OrderSeeder(ShopContext db)")]
    [InlineData("class RetryingStore(ShopContext db)")]
    public Task Quiet_in(string declaration) => Reports(
        $$"""
        interface IJob;

        {{declaration}}
        {
            public void Run()
            {
                using var scope = new System.Transactions.TransactionScope();
                db.SaveChanges();
                scope.Complete();
            }
        }
        """);

    private static Task Reports(string code) => new CSharpAnalyzerVerifier<UnretriedTransaction>.Test { TestCode = ScopeCode.Wrap(code) }.RunAsync();
}
