using Xunit;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>DBR301 for several writing statements in one text, which the database makes durable one by one.</summary>
public sealed class SplitTextsTests
{
    [Theory]
    [InlineData("sqlite.Execute(\"update accounts set balance = balance - @sum where id = @from; {|DBR301:update|} accounts set balance = balance + @sum where id = @to\");")]
    [InlineData("await sqlite.ExecuteAsync(\"delete from orderlines where order_id = @id; {|DBR301:delete|} from orders where id = @id\", new { id = 3 });")]
    [InlineData("await sqlite.ExecuteAsync(\"delete from orderlines where order_id = @id; {|DBR301:insert|} into orderlines (order_id) values (@id)\", new { id = 3 });")]
    [InlineData("var made = sqlite.QuerySingle<int>(\"insert into orders (number) values (@number); {|DBR301:insert|} into orderlines (order_id) values (last_insert_rowid()); select last_insert_rowid()\", new { number = 3 });")]
    [InlineData("using var c = sqlite.CreateCommand();\nc.CommandText = \"delete from orderlines where order_id = @id; {|DBR301:delete|} from orders where id = @id\";\nc.ExecuteNonQuery();")]
    [InlineData("using var c = new SqliteCommand(\"delete from orderlines where order_id = @id; {|DBR301:delete|} from orders where id = @id\", sqlite);\nawait c.ExecuteNonQueryAsync(ct);")]
    [InlineData("sqlite.Execute($\"delete from orderlines where order_id = {ids[0]}; {|DBR301:delete|} from orders where id = {ids[0]}\");")]
    [InlineData("sqlite.Execute(\"delete from orderlines where order_id = @id;\" + \" {|DBR301:delete|} from orders where id = @id\");")]
    [InlineData("sqlite.Execute(\"select 1; update orders set open = 0 where id = @id; select 2; {|DBR301:insert|} into payments (order_id) values (@id)\");")]
    [InlineData("if (ids.Length > 3)\n    sqlite.Execute(\"delete from orderlines where order_id = @id; {|DBR301:delete|} from orders where id = @id\");")]
    [InlineData("foreach (var order in orders)\n    sqlite.Execute(\"delete from orderlines where order_id = @Id; {|DBR301:delete|} from orders where id = @Id\", order);")]
    public Task Statements_of_one_text(string statements) => TransactionCode.Reports(statements);

    [Fact]
    public Task A_text_that_stands_elsewhere_is_reported_at_the_call() => TransactionCode.Reports(
        """
        using Microsoft.Data.Sqlite;

        class Store(SqliteConnection sqlite)
        {
            private const string Delete = "delete from orderlines where order_id = @id; delete from orders where id = @id";

            public void Remove(int id) => sqlite.{|DBR301:Execute|}(Delete, new { id });
        }
        """);

    [Fact]
    public Task The_connection_may_come_from_a_property_that_makes_it() => TransactionCode.Reports(
        """
        using Microsoft.Data.Sqlite;

        class Store(string connectionString)
        {
            private SqliteConnection Connection => new SqliteConnection(connectionString);

            public void Remove(int id)
            {
                using (var connection = Connection)
                {
                    connection.Open();
                    using (var command = connection.CreateCommand())
                    {
                        command.CommandText = @"delete from orderlines where order_id = @id
                                                {|DBR301:delete|} from orders where id = @id";
                        command.Parameters.AddWithValue("@id", id);
                        command.ExecuteNonQuery();
                    }
                }
            }

            public void Close(int id)
            {
                using var connection = Connection;
                connection.Execute("update orders set open = 0 where id = @id", new { id });
                connection.{|DBR301:Execute|}("update customers set active = 0 where id = @id", new { id });
            }

            public void Apart(int id)
            {
                Connection.Execute("update orders set open = 0 where id = @id", new { id });
                Connection.Execute("update customers set active = 0 where id = @id", new { id });
            }
        }
        """);

    [Theory]
    [InlineData("sqlite.Execute(\"delete from orderlines where order_id = @id; delete from orders where id = @id\");\nsqlite.{|DBR301:Execute|}(\"update customers set active = 0 where id = 3\");")]
    [InlineData("sqlite.Execute(\"update customers set active = 0 where id = 3\");\nsqlite.{|DBR301:Execute|}(\"delete from orderlines where order_id = @id; delete from orders where id = @id\");")]
    public Task Several_calls_are_one_finding(string statements) => TransactionCode.Reports(statements);

    // PostgreSQL runs a text as one transaction; of an unknown database nothing is known.
    [Theory]
    [InlineData("npgsql.Execute(\"delete from orderlines where order_id = @id; delete from orders where id = @id\");")]
    [InlineData("using var c = new NpgsqlCommand(\"delete from orderlines where order_id = @id; delete from orders where id = @id\", npgsql);\nawait c.ExecuteNonQueryAsync(ct);")]
    [InlineData("connection.Execute(\"delete from orderlines where order_id = @id; delete from orders where id = @id\");")]
    [InlineData("await db.Database.ExecuteSqlRawAsync(\"delete from orderlines where order_id = {0}; delete from orders where id = {0}\", 3);")]
    public Task Other_databases(string statements) => TransactionCode.Reports(statements);

    [Theory]
    [InlineData("sqlite.Execute(\"begin; delete from orderlines where order_id = @id; delete from orders where id = @id; commit\");")]
    [InlineData("sqlite.Execute(\"begin transaction; delete from orderlines where order_id = @id; delete from orders where id = @id; commit transaction;\");")]
    [InlineData("sqlite.Execute(\"set implicit_transactions on; delete from orderlines where order_id = @id; delete from orders where id = @id; commit\");")]
    [InlineData("sqlite.Execute(\"begin\");\nsqlite.Execute(\"delete from orderlines where order_id = @id; delete from orders where id = @id\");\nsqlite.Execute(\"commit\");")]
    [InlineData("using var t = sqlite.BeginTransaction();\nsqlite.Execute(\"delete from orderlines where order_id = @id; delete from orders where id = @id\", new { id = 3 }, t);\nt.Commit();")]
    [InlineData("using var t = sqlite.BeginTransaction();\nusing var c = sqlite.CreateCommand();\nc.CommandText = \"delete from orderlines where order_id = @id; delete from orders where id = @id\";\nc.ExecuteNonQuery();\nt.Commit();")]
    [InlineData("using var scope = new System.Transactions.TransactionScope();\nsqlite.Execute(\"delete from orderlines where order_id = @id; delete from orders where id = @id\");\nscope.Complete();")]
    public Task In_a_transaction(string statements) => TransactionCode.Reports(statements);

    [Theory]
    [InlineData("insert into orders (number) values (@number); select last_insert_rowid()")]
    [InlineData("delete from orders where id = @id; vacuum")]
    [InlineData("update stock set amount = @amount where id = @id; insert into stock (id, amount) select @id, @amount where changes() = 0")]
    [InlineData("update stock set amount = @amount where id = @id; insert into stock (id, amount) select @id, @amount where not exists (select 1 from stock where id = @id)")]
    [InlineData("update stock set amount = @amount where id = @id; if @@rowcount = 0 insert into stock (id, amount) values (@id, @amount)")]
    [InlineData("insert or ignore into stock (id, amount) values (@id, 0); update stock set amount = @amount where id = @id")]
    [InlineData("insert into stock (id) values (@id) on conflict do nothing; update stock set amount = @amount where id = @id")]
    [InlineData("if @open = 1 update orders set open = 1 where id = @id else delete from orders where id = @id")]
    [InlineData("begin try delete from orderlines where order_id = @id; delete from orders where id = @id; end try begin catch select 1 end catch")]
    [InlineData("create table notes (id int); insert into notes (id) values (@id); update orders set open = 0 where id = @id")]
    [InlineData("create temp table ids (id int); insert into temp.ids (id) values (@id); delete from orders where id = @id")]
    [InlineData("update files set source = 'web' where source = 'www'; update files set source = 'disc' where source = 'ld'")]
    [InlineData("delete from filters where type = @a; delete from filters where type = @b")]
    [InlineData("insert into orders (id) values (@a); insert into orders (id) values (@b)")]
    [InlineData("delete from orderlines; delete from orders")]
    [InlineData("delete from visits where day < @day; delete from searches where day < @day")]
    [InlineData("update orders set open = 0 where id = @id; insert into order_log (order_id) values (@id)")]
    [InlineData("update orders set open = 0 where id = @id; update customers set active = 0 where id = @other")]
    [InlineData("{ids[0]} orders set open = 0 where id = @id; delete from orders where id = @id")]
    public Task No_unit_of_work(string sql) => TransactionCode.Reports($"sqlite.Execute($\"{sql}\");");

    [Theory]
    [InlineData("try { Use(1); } catch (Exception) { sqlite.Execute(\"delete from orderlines where order_id = @id; delete from orders where id = @id\"); throw; }")]
    [InlineData("while (!ct.IsCancellationRequested)\n{\n    sqlite.Execute(\"delete from orderlines where order_id = @id; delete from orders where id = @id\");\n    await Task.Delay(100, ct);\n}")]
    public Task Meant(string statements) => TransactionCode.Reports(statements);

    [Theory]
    [InlineData(
        "await sqlite.OpenAsync(ct);\nawait sqlite.ExecuteAsync(\"delete from orderlines where order_id = @id; {|DBR301:delete|} from orders where id = @id\", new { id = 3 });\nUse(1);",
        "await sqlite.OpenAsync(ct);\nawait using var transaction = await sqlite.BeginTransactionAsync(ct);\nawait sqlite.ExecuteAsync(\"delete from orderlines where order_id = @id; delete from orders where id = @id\", new { id = 3 }, transaction);\nawait transaction.CommitAsync(ct);\nUse(1);")]
    [InlineData(
        "sqlite.Open();\nreturn sqlite.Execute(\"delete from orderlines where order_id = @id; {|DBR301:delete|} from orders where id = @id\", new { id = 3 });",
        "sqlite.Open();\nawait using var transaction = await sqlite.BeginTransactionAsync(ct);\nvar result = sqlite.Execute(\"delete from orderlines where order_id = @id; delete from orders where id = @id\", new { id = 3 }, transaction);\nawait transaction.CommitAsync(ct);\nreturn result;")]
    [InlineData(
        "await using var own = new SqliteConnection(connectionString);\nvar count = await own.ExecuteAsync(\"delete from orderlines where order_id = @id; {|DBR301:delete|} from orders where id = @id\", new { id = 3 });\nUse(count);",
        "await using var own = new SqliteConnection(connectionString);\nawait own.OpenAsync(ct);\nawait using var transaction = await own.BeginTransactionAsync(ct);\nvar count = await own.ExecuteAsync(\"delete from orderlines where order_id = @id; delete from orders where id = @id\", new { id = 3 }, transaction);\nawait transaction.CommitAsync(ct);\nUse(count);")]
    public Task Transaction_around_the_call(string before, string after) => TransactionCode.Fixes(before, after);

    [Fact]
    public Task Command_in_synchronous_code() => TransactionCode.Fixes(
        """
        using Microsoft.Data.Sqlite;

        class Store(string connectionString)
        {
            public void Remove(int id)
            {
                using var connection = new SqliteConnection(connectionString);
                connection.Open();

                using var command = connection.CreateCommand();
                // lines first
                command.CommandText = "delete from orderlines where order_id = @id; {|DBR301:delete|} from orders where id = @id";
                command.Parameters.AddWithValue("@id", id);
                command.ExecuteNonQuery(); // all
            }
        }
        """,
        """
        using Microsoft.Data.Sqlite;

        class Store(string connectionString)
        {
            public void Remove(int id)
            {
                using var connection = new SqliteConnection(connectionString);
                connection.Open();

                using var transaction = connection.BeginTransaction();
                using var command = connection.CreateCommand();
                command.Transaction = transaction;
                // lines first
                command.CommandText = "delete from orderlines where order_id = @id; delete from orders where id = @id";
                command.Parameters.AddWithValue("@id", id);
                command.ExecuteNonQuery(); // all
                transaction.Commit();
            }
        }
        """);

    [Theory]
    [InlineData("var task = sqlite.ExecuteAsync(\"delete from orderlines where order_id = @id; {|DBR301:delete|} from orders where id = @id\");\nawait task;")]
    [InlineData("foreach (var order in orders)\n{\n    sqlite.Execute(\"delete from orderlines where order_id = @Id; {|DBR301:delete|} from orders where id = @Id\", order);\n}")]
    [InlineData("sqlite.Execute(\"delete from orderlines where order_id = @id; {|DBR301:delete|} from orders where id = @id\");")]
    public Task No_place_for_a_transaction(string statements) => TransactionCode.NoFix(statements);
}
