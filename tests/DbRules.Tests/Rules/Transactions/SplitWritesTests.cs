using Xunit;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>Where DBR301 speaks: two writes of one path, one session, no transaction.</summary>
public sealed class SplitWritesTests
{
    [Theory]
    [InlineData("db.Add(new Order());\nawait db.SaveChangesAsync(ct);\nawait db.SaveChangesAsync(ct);")]
    [InlineData("db.Add(new Order());\ndb.SaveChanges();\nint n = ids.Length;\nif (n > 3)\n    db.SaveChanges();")]
    [InlineData("db.Add(new Order());\ndb.SaveChanges();\nUse(orders[0]);\ndb.{|DBR301:SaveChanges|}();")]
    public Task A_save_that_may_find_nothing_to_write(string statements) => TransactionCode.Reports(statements);

    [Theory]
    [InlineData("db.Add(new Order());\nawait db.SaveChangesAsync(ct);\ndb.Add(new Payment());\nawait db.{|DBR301:SaveChangesAsync|}(ct);")]
    [InlineData("db.SaveChanges();\ndb.Add(new Payment());\ndb.{|DBR301:SaveChanges|}();")]
    [InlineData("await db.Orders.Where(o => o.Open).ExecuteDeleteAsync(ct);\ndb.Add(new Payment());\nawait db.{|DBR301:SaveChangesAsync|}(ct);")]
    [InlineData("await db.OrderLines.ExecuteDeleteAsync(ct);\nawait db.Orders.{|DBR301:ExecuteDeleteAsync|}(ct);")]
    [InlineData("await db.Orders.ExecuteUpdateAsync(s => s.SetProperty(o => o.Open, false), ct);\nawait db.Customers.{|DBR301:ExecuteUpdateAsync|}(s => s.SetProperty(c => c.Active, false), ct);")]
    [InlineData("await db.Database.ExecuteSqlRawAsync(\"delete from orders\", ct);\ndb.Add(new Order());\nawait db.{|DBR301:SaveChangesAsync|}(ct);")]
    [InlineData("_db.SaveChanges();\n_db.Add(new Payment());\n_db.{|DBR301:SaveChanges|}();")]
    [InlineData("var same = _db;\n_db.SaveChanges();\nsame.Add(new Payment());\nsame.{|DBR301:SaveChanges|}();")]
    public Task Entity_framework(string statements) => TransactionCode.Reports(statements);

    [Theory]
    [InlineData("connection.Execute(\"insert into orders (id) values (1)\");\nconnection.{|DBR301:Execute|}(\"update customers set active = 1 where id = 2\");")]
    [InlineData("await connection.ExecuteAsync(\"insert into orders (id) values (1)\");\nawait connection.{|DBR301:ExecuteAsync|}(\"delete from customers where id = 2\");")]
    [InlineData("var id = connection.QuerySingle<int>(\"insert into orders (number) values ('a') returning id\");\nconnection.{|DBR301:Execute|}(\"insert into orderlines (order_id) values (@id)\", new { id });")]
    [InlineData("var shared = db.Database.GetDbConnection();\nshared.Execute(\"delete from orders\");\ndb.Add(new Order());\nawait db.{|DBR301:SaveChangesAsync|}(ct);")]
    [InlineData("using var one = connection.CreateCommand();\none.CommandText = \"delete from orders\";\none.ExecuteNonQuery();\nusing var two = connection.CreateCommand();\ntwo.CommandText = \"delete from customers\";\ntwo.{|DBR301:ExecuteNonQuery|}();")]
    [InlineData("using var one = new NpgsqlCommand(\"delete from orders\", npgsql);\nawait one.ExecuteNonQueryAsync(ct);\nusing var two = new NpgsqlCommand(\"delete from customers\", npgsql);\nawait two.{|DBR301:ExecuteNonQueryAsync|}(ct);")]
    [InlineData("await connection.ExecuteAsync(\"delete from orders\", transaction: null);\nawait connection.{|DBR301:ExecuteAsync|}(\"delete from customers\", null, null);")]
    public Task Dapper_and_commands(string statements) => TransactionCode.Reports(statements);

    [Theory]
    [InlineData("if (ids.Length > 3) await db.SaveChangesAsync(ct);\ndb.Add(new Payment());\nawait db.{|DBR301:SaveChangesAsync|}(ct);")]
    [InlineData("foreach (var id in ids)\n{\n    await db.OrderLines.Where(l => l.OrderId == id).ExecuteDeleteAsync(ct);\n    await db.Orders.Where(o => o.Id == id).{|DBR301:ExecuteDeleteAsync|}(ct);\n}")]
    [InlineData("using (var t = db.Database.BeginTransaction())\n{\n    db.SaveChanges();\n    t.Commit();\n}\n_db.SaveChanges();\n_db.Add(new Order());\n_db.{|DBR301:SaveChanges|}();")]
    [InlineData("try\n{\n    db.SaveChanges();\n    db.Add(new Payment());\n    db.{|DBR301:SaveChanges|}();\n}\ncatch (Exception e)\n{\n    Use(e);\n}")]
    [InlineData("Func<Task> save = async () =>\n{\n    await db.SaveChangesAsync();\n    db.Add(new Order());\n    await db.{|DBR301:SaveChangesAsync|}();\n};\nawait save();")]
    // Conditions that can hold one after the other.
    [InlineData("if (_job.Kind == TaskStatus.Created) { db.Add(new Order()); db.SaveChanges(); _job.Kind = TaskStatus.Running; }\nif (_job.Kind == TaskStatus.Running) { db.Add(new Payment()); db.{|DBR301:SaveChanges|}(); }")]
    [InlineData("if (ids.Length > 1) { db.Add(new Order()); db.SaveChanges(); }\nif (ids.Length < 9) { db.Add(new Payment()); db.{|DBR301:SaveChanges|}(); }")]
    public Task Paths(string statements) => TransactionCode.Reports(statements);

    // More than a state that says that work goes on.
    [Theory]
    [InlineData("_job.State = \"Paid\";\ndb.SaveChanges();\ndb.Add(new Payment());\ndb.{|DBR301:SaveChanges|}();")]
    [InlineData("_job.Kind = TaskStatus.WaitingToRun;\ndb.SaveChanges();\ndb.Add(new Payment());\ndb.{|DBR301:SaveChanges|}();")]
    [InlineData("_job.State = \"Pending\";\nawait db.SaveChangesAsync(ct);\ndb.Add(new Payment());\nawait db.{|DBR301:SaveChangesAsync|}(ct);")]
    [InlineData("_job.State = \"Running\";\norders[0].Open = false;\ndb.SaveChanges();\ndb.Add(new Payment());\ndb.{|DBR301:SaveChanges|}();")]
    [InlineData("_job.State = \"Running\";\ndb.Add(new Order());\ndb.SaveChanges();\ndb.Add(new Payment());\ndb.{|DBR301:SaveChanges|}();")]
    [InlineData("db.Entry(orders[0]).State = EntityState.Deleted;\ndb.SaveChanges();\ndb.Entry(orders[1]).State = EntityState.Added;\ndb.{|DBR301:SaveChanges|}();")]
    // Something else was looked for than is made, or it was found.
    [InlineData("if (!db.Countries.Any())\n{\n    db.Add(new Order());\n    db.SaveChanges();\n}\ndb.Add(new Payment());\ndb.{|DBR301:SaveChanges|}();")]
    [InlineData("if (db.Countries.Any())\n{\n    db.Add(new Country());\n    db.SaveChanges();\n}\ndb.Add(new Payment());\ndb.{|DBR301:SaveChanges|}();")]
    // A state of other rows, of another kind, or no state.
    [InlineData("connection.Execute(\"update jobs set state = 'old' where owner = @id\", new { id = 3 });\nconnection.{|DBR301:Execute|}(\"update jobs set state = 'new' where id = @id\", new { id = 3 });")]
    [InlineData("connection.Execute(\"update jobs set state = 'paid' where id = @id\", new { id = 3 });\nconnection.{|DBR301:Execute|}(\"update jobs set owner = 'me' where id = @id\", new { id = 3 });")]
    [InlineData("connection.Execute(\"update accounts set balance = balance - 1 where id = @id\", new { id = 3 });\nconnection.{|DBR301:Execute|}(\"update accounts set balance = balance + 1 where id = @id\", new { id = 4 });")]
    [InlineData("await db.Orders.Where(o => o.CustomerId == ids[0]).ExecuteUpdateAsync(s => s.SetProperty(o => o.Number, \"Old\"), ct);\norders[0].Number = \"New\";\nawait db.{|DBR301:SaveChangesAsync|}(ct);")]
    [InlineData("await db.Orders.Where(o => o.Id == ids[0]).ExecuteUpdateAsync(s => s.SetProperty(o => o.Open, false), ct);\norders[0].Open = true;\nawait db.{|DBR301:SaveChangesAsync|}(ct);")]
    public Task Changes_beside_a_state(string statements) => TransactionCode.Reports(statements);

    [Fact]
    public Task Three_writes_are_one_finding() => TransactionCode.Reports(
        "db.SaveChanges();\ndb.Add(new Order());\ndb.{|DBR301:SaveChanges|}();\ndb.Add(new Payment());\ndb.SaveChanges();");

    [Fact]
    public Task The_context_itself() => TransactionCode.Reports(
        """
        class OwnContext : ShopContext
        {
            public void Move(Order order)
            {
                Orders.Add(order);
                SaveChanges();
                Payments.Add(new Payment());
                {|DBR301:SaveChanges|}();
            }
        }
        """);

    [Fact]
    public Task Names_both_writes() => TransactionCode.Reports(
        """
        class Store(ShopContext db)
        {
            public void Move()
            {
                db.Orders.ExecuteDelete();
                db.Add(new Order());
                db.{|DBR301:SaveChanges|}();
            }
        }
        """);

    [Fact]
    public Task Behind_an_interface_of_the_context() => TransactionCode.Reports(
        """
        class Store(IShopContext db)
        {
            public async Task Move(Order order)
            {
                await db.Database.ExecuteSqlRawAsync("delete from orders");
                await db.Orders.AddAsync(order);
                await db.{|DBR301:SaveChangesAsync|}();
            }

            public async Task Twice(Order order)
            {
                await db.SaveChangesAsync();
                await db.Orders.AddAsync(order);
                await db.{|DBR301:SaveChangesAsync|}();
            }
        }

        interface IShopContext
        {
            Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade Database { get; }
            DbSet<Order> Orders { get; }
            Task<int> SaveChangesAsync(CancellationToken token = default);
        }

        class OwnContext : ShopContext, IShopContext { }
        """);
}
