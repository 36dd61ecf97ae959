using Xunit;
using Verify = DbRules.Tests.CSharpAnalyzerVerifier<DbRules.Rules.Transactions.StrategyConflict>;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>When DBR305 speaks, and when it is quiet.</summary>
public class StrategyConflictTests
{
    [Theory]
    [InlineData("await using var transaction = await db.Database.{|DBR305:BeginTransactionAsync|}(ct); db.Add(new Order()); await db.SaveChangesAsync(ct); await transaction.CommitAsync(ct);")]
    [InlineData("using (var transaction = db.Database.{|DBR305:BeginTransaction|}()) { db.Add(new Order()); db.SaveChanges(); transaction.Commit(); }")]
    [InlineData("var transaction = db.Database.{|DBR305:BeginTransaction|}(System.Data.IsolationLevel.Serializable); try { db.SaveChanges(); transaction.Commit(); } catch { transaction.Rollback(); throw; }")]
    [InlineData("db.Database.{|DBR305:BeginTransaction|}(); await db.Orders.Where(o => o.Open).ExecuteDeleteAsync(ct); db.Database.CommitTransaction();")]
    [InlineData("await using var transaction = await db.Database.{|DBR305:BeginTransactionAsync|}(ct); order = await db.Orders.FirstAsync(ct); await transaction.CommitAsync(ct);")]
    [InlineData("await using var transaction = await db.Database.{|DBR305:BeginTransactionAsync|}(ct).ConfigureAwait(false); foreach (var o in db.Orders) { }")]
    [InlineData("await using var transaction = await db.Database.{|DBR305:BeginTransactionAsync|}(ct); order = await db.Orders.FindAsync(3); await transaction.CommitAsync(ct);")]
    [InlineData("var database = db.Database; await using var transaction = await database.{|DBR305:BeginTransactionAsync|}(ct); await db.SaveChangesAsync(ct);")]
    [InlineData("await using var transaction = await npgsql.BeginTransactionAsync(ct); db.Database.{|DBR305:UseTransaction|}(transaction); await db.SaveChangesAsync(ct); await transaction.CommitAsync(ct);")]
    [InlineData("using var scope = {|DBR305:new TransactionScope(TransactionScopeAsyncFlowOption.Enabled)|}; await db.SaveChangesAsync(ct); scope.Complete();")]
    [InlineData("using (var scope = {|DBR305:new TransactionScope()|}) { order = db.Orders.First(); scope.Complete(); }")]
    public Task Reported(string statements) => Verify.VerifyAnalyzerAsync(RetryingShop.Statements(statements));

    [Theory]
    // Nothing asks the strategy while the transaction is open.
    [InlineData("await using var transaction = await db.Database.BeginTransactionAsync(ct); await db.Database.ExecuteSqlAsync($\"delete from x\", ct); await transaction.CommitAsync(ct);")]
    [InlineData("await using var transaction = await db.Database.BeginTransactionAsync(ct); await transaction.CommitAsync(ct); await db.SaveChangesAsync(ct);")]
    [InlineData("await using var transaction = await db.Database.BeginTransactionAsync(ct); await other.SaveChangesAsync(ct); await transaction.CommitAsync(ct);")]
    [InlineData("using (var transaction = db.Database.BeginTransaction()) { db.Add(new Order()); } db.SaveChanges();")]
    [InlineData("await using var transaction = await npgsql.BeginTransactionAsync(ct); await db.SaveChangesAsync(ct); await transaction.CommitAsync(ct);")]
    [InlineData("using var scope = new TransactionScope(TransactionScopeOption.Suppress); await db.SaveChangesAsync(ct); scope.Complete();")]
    // A strategy runs it.
    [InlineData("var strategy = db.Database.CreateExecutionStrategy(); await strategy.ExecuteAsync(async () => { await using var transaction = await db.Database.BeginTransactionAsync(ct); await db.SaveChangesAsync(ct); await transaction.CommitAsync(ct); });")]
    [InlineData("db.Database.CreateExecutionStrategy().Execute(() => { using var transaction = db.Database.BeginTransaction(); db.SaveChanges(); transaction.Commit(); });")]
    [InlineData("await db.Database.CreateExecutionStrategy().ExecuteAsync(db, async context => { using var transaction = context.Database.BeginTransaction(); await context.SaveChangesAsync(ct); });")]
    [InlineData("await db.Database.CreateExecutionStrategy().ExecuteAsync(Local); async Task Local() { using var transaction = db.Database.BeginTransaction(); await db.SaveChangesAsync(ct); }")]
    [InlineData("await db.Database.CreateExecutionStrategy().ExecuteAsync(async () => await Local()); async Task Local() { using var transaction = db.Database.BeginTransaction(); await db.SaveChangesAsync(ct); }")]
    // Who runs a delegate, the code does not show.
    [InlineData("Func<Task> work = async () => { using var transaction = db.Database.BeginTransaction(); await db.SaveChangesAsync(ct); }; await work();")]
    public Task Quiet(string statements) => Verify.VerifyAnalyzerAsync(RetryingShop.Statements(statements));

    private const string Save = "{ using var transaction = db.Database.BeginTransaction(); db.SaveChanges(); transaction.Commit(); }";
    private const string ReportedSave = "{ using var transaction = db.Database.{|DBR305:BeginTransaction|}(); db.SaveChanges(); transaction.Commit(); }";

    [Theory]
    [InlineData("public void Run() => db.Database.CreateExecutionStrategy().Execute(Save); private void Save() " + Save)]
    [InlineData("public void Run() => db.Database.CreateExecutionStrategy().Execute(() => Save()); public void Save() " + Save)]
    [InlineData("public void Run() => db.Database.CreateExecutionStrategy().Execute(() => Inner()); private void Inner() => Save(); private void Save() " + Save)]
    [InlineData("public void Run() => Unit(() => Save()); private void Unit(Action work) => db.Database.CreateExecutionStrategy().Execute(() => work()); public void Save() " + Save)]
    [InlineData("public void Run() => Unit(Save); private void Unit(Action work) => db.Database.CreateExecutionStrategy().Execute(work); public void Save() " + Save)]
    [InlineData("public void Run() => Unit(() => " + Save + "); private void Unit(Action work) => db.Database.CreateExecutionStrategy().Execute(work.Invoke);")]
    // A behaviour runs whatever comes next.
    [InlineData("public void Save() " + Save + " public static void Behave(ShopContext context, Action next) => context.Database.CreateExecutionStrategy().Execute(() => next());")]
    public Task Quiet_behind_calls(string members) => Verify.VerifyAnalyzerAsync(RetryingShop.Members(members));

    [Theory]
    [InlineData("public void Run() => Save(); private void Save() " + ReportedSave)]
    [InlineData("public void Run() => db.Database.CreateExecutionStrategy().Execute(() => db.SaveChanges()); public void Save() " + ReportedSave)]
    [InlineData("public void Run() { Local(); void Local() " + ReportedSave + " }")]
    [InlineData("public void Run() => Unit(() => db.SaveChanges()); private void Unit(Action work) => db.Database.CreateExecutionStrategy().Execute(() => work()); public void Save() " + ReportedSave)]
    public Task Reported_where_no_strategy_runs_the_member(string members) => Verify.VerifyAnalyzerAsync(RetryingShop.Members(members));

    [Fact]
    public Task Reported_at_endpoints_and_in_contexts() => Verify.VerifyAnalyzerAsync(RetryingShop.Members(
        """
        public void Queue() => ThreadPool.QueueUserWorkItem((ShopContext context) => { using var transaction = context.Database.{|DBR305:BeginTransaction|}(); context.SaveChanges(); }, db, false);
        public void QueueOwn() => ThreadPool.QueueUserWorkItem(_ => { using var transaction = db.Database.BeginTransaction(); db.SaveChanges(); });
        public class Ledger : DbContext
        {
            public DbSet<Order> Sales => Set<Order>();
            protected override void OnConfiguring(DbContextOptionsBuilder o) => o.UseNpgsql("", p => p.EnableRetryOnFailure());
            public async Task CloseAsync() { await using var transaction = await Database.{|DBR305:BeginTransactionAsync|}(); var sale = await Sales.FirstAsync(); sale.Open = false; await SaveChangesAsync(); await transaction.CommitAsync(); }
        }
        """));

    [Theory]
    [InlineData("services.AddDbContext<ShopContext>(o => o.UseNpgsql(\"\"));")]
    [InlineData("")]
    [InlineData("services.AddDbContext<OtherContext>(o => o.UseNpgsql(\"\", p => p.EnableRetryOnFailure()));")]
    public Task Quiet_where_retries_are_not_known_to_be_on(string setup) =>
        Verify.VerifyAnalyzerAsync(RetryingShop.Members("public void Save() " + Save, setup) + " public class OtherContext : DbContext;");

    [Fact]
    public Task Quiet_in_tests_and_seeding() => Verify.VerifyAnalyzerAsync(RetryingShop.Members("public void Seed() " + Save));
}
