using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.Transactions.StrategyConflict, DbRules.CodeFixes.Transactions.StrategyConflictFix>;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>What the fix of DBR305 writes.</summary>
public class StrategyConflictFixTests
{
    [Fact]
    public Task Asynchronous() => Fixes(
        """
        public async Task CloseAsync(int id)
        {
            // All or nothing.
            await using var transaction = await db.Database.{|DBR305:BeginTransactionAsync|}();
            var order = await db.Orders.SingleAsync(o => o.Id == id);
            order.Open = false;
            await db.SaveChangesAsync();

            // Done.
            await transaction.CommitAsync(); // at last
            // The end.
        }
        """,
        """
        public async Task CloseAsync(int id)
        {
            var strategy = db.Database.CreateExecutionStrategy();
            await strategy.ExecuteAsync(async () =>
            {
                db.ChangeTracker.Clear();
                // All or nothing.
                await using var transaction = await db.Database.BeginTransactionAsync();
                var order = await db.Orders.SingleAsync(o => o.Id == id);
                order.Open = false;
                await db.SaveChangesAsync();

                // Done.
                await transaction.CommitAsync(); // at last
            });
            // The end.
        }
        """);

    [Fact]
    public Task Synchronous_block() => Fixes(
        """
        public int Open(string number)
        {
            int before = number.Length;
            using (var transaction = db.Database.{|DBR305:BeginTransaction|}())
            {
                db.Add(new Order { Number = number });
                db.SaveChanges();
                transaction.Commit();
            }

            return before;
        }
        """,
        """
        public int Open(string number)
        {
            int before = number.Length;
            var strategy = db.Database.CreateExecutionStrategy();
            strategy.Execute(() =>
            {
                db.ChangeTracker.Clear();
                using (var transaction = db.Database.BeginTransaction())
                {
                    db.Add(new Order { Number = number });
                    db.SaveChanges();
                    transaction.Commit();
                }
            });

            return before;
        }
        """);

    [Fact]
    public Task Token_and_result() => Fixes(
        """
        public async Task<int> OpenAsync(string number, CancellationToken ct)
        {
            await using var transaction = await db.Database.{|DBR305:BeginTransactionAsync|}(ct);
            var order = new Order { Number = number };
            db.Orders.Add(order);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return order.Id;
        }
        """,
        """
        public async Task<int> OpenAsync(string number, CancellationToken ct)
        {
            var strategy = db.Database.CreateExecutionStrategy();
            return await strategy.ExecuteAsync(async _ =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                var order = new Order { Number = number };
                db.Orders.Add(order);
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
                return order.Id;
            }, ct);
        }
        """);

    [Fact]
    public Task Results_of_several_types() => Fixes(
        """
        public async Task<object?> FindAsync(int id)
        {
            await using var transaction = await db.Database.{|DBR305:BeginTransactionAsync|}();
            var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id);
            if (order is null)
                return null;
            order.Open = false;
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return order;
        }
        """,
        """
        public async Task<object?> FindAsync(int id)
        {
            var strategy = db.Database.CreateExecutionStrategy();
            return await strategy.ExecuteAsync<object?>(async () =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync();
                var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id);
                if (order is null)
                    return null;
                order.Open = false;
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
                return order;
            });
        }
        """);

    [Fact]
    public Task Existing_try_and_early_return() => Fixes(
        """
        public async Task CloseAsync(int id) {
            if (id == 0)
                return;
            var transaction = await db.Database.{|DBR305:BeginTransactionAsync|}().ConfigureAwait(false);
            try {
                var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id).ConfigureAwait(false);
                if (order is null)
                    return;
                order.Open = false;
                await db.SaveChangesAsync().ConfigureAwait(false);
                await transaction.CommitAsync().ConfigureAwait(false);
            } catch {
                await transaction.RollbackAsync().ConfigureAwait(false);
                throw;
            }
        }
        """,
        """
        public async Task CloseAsync(int id) {
            if (id == 0)
                return;
            var strategy = db.Database.CreateExecutionStrategy();
            await strategy.ExecuteAsync(async () => {
                db.ChangeTracker.Clear();
                var transaction = await db.Database.BeginTransactionAsync().ConfigureAwait(false);
                try {
                    var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id).ConfigureAwait(false);
                    if (order is null)
                        return;
                    order.Open = false;
                    await db.SaveChangesAsync().ConfigureAwait(false);
                    await transaction.CommitAsync().ConfigureAwait(false);
                } catch {
                    await transaction.RollbackAsync().ConfigureAwait(false);
                    throw;
                }
            }).ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task Texts_keep_their_value() => Fixes(
        """"
        public void Open()
        {
            db.Database.{|DBR305:BeginTransaction|}();
            var verbatim = @"one
                two";
            var raw = """
                one
                  two
                """;
            db.Add(new Order { Number = verbatim + raw });
            db.SaveChanges();
            db.Database.CommitTransaction();
        }
        """",
        """"
        public void Open()
        {
            var strategy = db.Database.CreateExecutionStrategy();
            strategy.Execute(() =>
            {
                db.ChangeTracker.Clear();
                db.Database.BeginTransaction();
                var verbatim = @"one
                two";
                var raw = """
                    one
                      two
                    """;
                db.Add(new Order { Number = verbatim + raw });
                db.SaveChanges();
                db.Database.CommitTransaction();
            });
        }
        """");

    [Fact]
    public Task Ambient_scope() => Fixes(
        """
        public async Task OpenAsync(string strategy)
        {
            using var scope = {|DBR305:new TransactionScope(TransactionScopeAsyncFlowOption.Enabled)|};
            db.Add(new Order { Number = strategy });
            await db.SaveChangesAsync();
            scope.Complete();
        }
        """,
        """
        public async Task OpenAsync(string strategy)
        {
            var executionStrategy = db.Database.CreateExecutionStrategy();
            await executionStrategy.ExecuteAsync(async () =>
            {
                db.ChangeTracker.Clear();
                using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
                db.Add(new Order { Number = strategy });
                await db.SaveChangesAsync();
                scope.Complete();
            });
        }
        """);

    [Fact]
    public Task In_a_context() => Code.Fixes(
        RetryingShop.Members("") + Context("Ledger",
        """
            public async Task CloseAsync()
            {
                await using var transaction = await Database.{|DBR305:BeginTransactionAsync|}();
                var sale = await Sales.FirstAsync();
                sale.Open = false;
                await SaveChangesAsync();
                await transaction.CommitAsync();
            }
        """),
        RetryingShop.Members("") + Context("Ledger",
        """
            public async Task CloseAsync()
            {
                var strategy = Database.CreateExecutionStrategy();
                await strategy.ExecuteAsync(async () =>
                {
                    ChangeTracker.Clear();
                    await using var transaction = await Database.BeginTransactionAsync();
                    var sale = await Sales.FirstAsync();
                    sale.Open = false;
                    await SaveChangesAsync();
                    await transaction.CommitAsync();
                });
            }
        """));

    [Fact]
    public Task Context_of_a_factory() => Fixes(
        """
        public async Task OpenAsync(IDbContextFactory<ShopContext> factory)
        {
            await using var context = await factory.CreateDbContextAsync();
            await using (var transaction = await context.Database.{|DBR305:BeginTransactionAsync|}())
            {
                context.Add(new Order());
                await context.SaveChangesAsync();
                await transaction.CommitAsync();
            }
        }
        """,
        """
        public async Task OpenAsync(IDbContextFactory<ShopContext> factory)
        {
            await using var context = await factory.CreateDbContextAsync();
            var strategy = context.Database.CreateExecutionStrategy();
            await strategy.ExecuteAsync(async () =>
            {
                context.ChangeTracker.Clear();
                await using (var transaction = await context.Database.BeginTransactionAsync())
                {
                    context.Add(new Order());
                    await context.SaveChangesAsync();
                    await transaction.CommitAsync();
                }
            });
        }
        """);

    private const string Begin = "await using var transaction = await db.Database.{|DBR305:BeginTransactionAsync|}(ct); ";
    private const string Commit = " await db.SaveChangesAsync(ct); await transaction.CommitAsync(ct);";

    [Theory]
    // The session was used before: what it tracks would be forgotten.
    [InlineData("var first = await db.Orders.FirstAsync(ct);\n" + Begin + "first.Open = false;" + Commit)]
    [InlineData("db.Add(new Order());\n" + Begin + Commit)]
    // Entities come from outside.
    [InlineData(Begin + "db.Add(order);" + Commit)]
    [InlineData(Begin + "order.Open = false;" + Commit)]
    [InlineData(Begin + "var made = new Order(); made.Lines.AddRange(order.Lines); db.Add(made);" + Commit)]
    [InlineData(Begin + "db.AddRange(Pending);" + Commit)]
    // A second run would do it twice, or with what the first one left.
    [InlineData("int count = 0;\n" + Begin + "count++;" + Commit + " Console.WriteLine(count);")]
    [InlineData("var done = new List<int>();\n" + Begin + "done.Add(3);" + Commit)]
    [InlineData(Begin + "_runs = 3;" + Commit)]
    [InlineData(Begin + "await new System.Net.Http.HttpClient().GetAsync(\"\", ct);" + Commit)]
    [InlineData(Begin + "stream.Write(new byte[1]);" + Commit)]
    [InlineData(Begin + "await stream.WriteAsync(new byte[1], ct);" + Commit)]
    [InlineData(Begin + "Note(stream);" + Commit)]
    [InlineData(Begin + "await NoteAsync(stream);" + Commit)]
    [InlineData(Begin + "Move();" + Commit)]
    [InlineData(Begin + "Changed?.Invoke();" + Commit)]
    [InlineData(Begin + "Changed!();" + Commit)]
    [InlineData("foreach (int id in new[] { 1, 2 })\n{\n" + Begin + "db.Add(new Order { Id = id });" + Commit + "\n}")]
    // A lambda cannot hold it.
    [InlineData("while (true)\n{\n" + Begin + Commit + " break;\n}")]
    public Task No_fix(string statements) => Code.NoFix(RetryingShop.Statements(statements).Replace(
        "public async Task RunAsync", "private int _runs; public event Action? Changed; private List<Order> Pending { get; } = new(); public int Runs() => _runs;\n"
            + "    private static void Note(System.IO.Stream stream) => stream.Write(new byte[1]); private static Task NoteAsync(System.IO.Stream stream) => stream.WriteAsync(new byte[1]).AsTask();\n"
            + "    private static void Move() => System.IO.File.Move(\"a\", \"b\");\n    public async Task RunAsync", StringComparison.Ordinal));

    [Theory]
    [InlineData("public bool Close(out int count)\n{\n    using var transaction = db.Database.{|DBR305:BeginTransaction|}();\n    count = db.Orders.Count();\n    return true;\n}")]
    [InlineData("public IEnumerable<int> Close()\n{\n    using var transaction = db.Database.{|DBR305:BeginTransaction|}();\n    yield return db.Orders.Count();\n}")]
    [InlineData("public Task<int> CloseAsync()\n{\n    using var transaction = db.Database.{|DBR305:BeginTransaction|}();\n    return db.Orders.CountAsync();\n}")]
    [InlineData("public int Close(bool now)\n{\n    if (now)\n    {\n        using var transaction = db.Database.{|DBR305:BeginTransaction|}();\n        if (db.Orders.Any())\n            return 3;\n    }\n    return 2;\n}")]
    [InlineData("public void Close()\n{\n    using var transaction = db.Database.{|DBR305:BeginTransaction|}();\n#if DEBUG\n#endif\n    db.SaveChanges();\n}")]
    public Task No_fix_where_a_lambda_cannot_hold_it(string members) => Code.NoFix(RetryingShop.Members(members));

    private static Task Fixes(string members, string fixedMembers) => Code.Fixes(RetryingShop.Members(members), RetryingShop.Members(fixedMembers));

    private static string Context(string name, string members) =>
        $$"""


        public class {{name}} : DbContext
        {
            public DbSet<Order> Sales => Set<Order>();

            protected override void OnConfiguring(DbContextOptionsBuilder o) => o.UseNpgsql("", p => p.EnableRetryOnFailure());

        {{members}}
        }
        """;
}
