using DbRules.Engine.Lifetimes;
using DbRules.Engine.Tests.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Lifetimes;

/// <summary>What is released, what is handed on, and what leaks: one shape of code a line.</summary>
public sealed class LeaksTests
{
    [Theory]
    // Never released.
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");", "c Always")]
    [InlineData("var c = new NpgsqlConnection(text);\nawait c.OpenAsync(ct);", "c Always")]
    [InlineData("NpgsqlConnection c = new(text);\nc.Open();", "c Always")]
    [InlineData("IDbConnection c = new NpgsqlConnection(text);\nc.Open();", "c Always")]
    [InlineData("var c = source.OpenConnection();\nUse(c.State);", "c Always")]
    [InlineData("var c = await source.OpenConnectionAsync(ct).ConfigureAwait(false);\nUse(1);", "c Always")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Query<int>(\"select 1\");", "c Always")]
    [InlineData("DbConnection c;\nc = new NpgsqlConnection(text);\nc.Open();", "c Always")]
    [InlineData("DbConnection? c = null;\nif (flag) c = new NpgsqlConnection(text);\nc?.Open();", "c Always")]
    [InlineData("var c = flag ? new NpgsqlConnection(text) : null;\nc!.Open();", "c Always")]
    // One of several: whoever releases the local releases it.
    [InlineData("var c = flag ? new NpgsqlConnection(text) : new NpgsqlConnection();\nc.Open();", "c Always")]
    [InlineData("var c = text.Length switch { 1 => new NpgsqlConnection(text), 2 => new NpgsqlConnection(), _ => throw new Exception() };\nc.Open();", "c Always")]
    [InlineData("foreach (var id in ids)\n{\nvar c = new NpgsqlConnection(text);\nc.Open();\n}", "c Always")]
    [InlineData("var c = new NpgsqlConnection(text);\nvar same = c;\nsame.Open();", "c Always")]
    [InlineData("var task = source.OpenConnectionAsync(ct);\nvar c = await task;\nc.Execute(\"select 1\");", "task Always")]
    // Made by a helper.
    [InlineData("var c = Opened(text);\nUse(c.State);", "c Always")]
    [InlineData("var c = OpenedAgain(text);\nUse(c.State);", "c Always")]
    [InlineData("using var c = OpenedAgain(text);\nUse(c.State);", "")]
    [InlineData("var c = Held();\nc.Open();", "")]
    [InlineData("var c = OfContext(db);\nc.Open();", "")]
    // Released.
    [InlineData("using var c = new NpgsqlConnection(text);\nc.Open();", "")]
    [InlineData("await using var c = new NpgsqlConnection(text);\nawait c.OpenAsync(ct);", "")]
    [InlineData("using (var c = new NpgsqlConnection(text))\n{\nc.Open();\n}", "")]
    [InlineData("using (NpgsqlConnection c = new(text), d = new(text))\n{\nc.Open();\nd.Open();\n}", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nusing (c)\n{\nc.Open();\n}", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nawait using (c.ConfigureAwait(false))\n{\nc.Open();\n}", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nusing var d = c;\nc.Open();", "")]
    [InlineData("var c = new NpgsqlConnection(text);\ntry\n{\nc.Open();\nc.Execute(\"select 1\");\n}\nfinally\n{\nc.Dispose();\n}", "")]
    [InlineData("NpgsqlConnection? c = null;\ntry\n{\nc = new NpgsqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");\n}\nfinally\n{\nif (c != null)\nc.Dispose();\n}", "")]
    [InlineData("NpgsqlConnection? c = null;\ntry\n{\nc = new NpgsqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");\n}\nfinally\n{\nc?.Dispose();\n}", "")]
    [InlineData("var c = new NpgsqlConnection(text);\ntry\n{\nc.Open();\nc.Execute(\"select 1\");\n}\nfinally\n{\nif (c.State == ConnectionState.Open)\nc.Close();\n}", "")]
    [InlineData("var c = new NpgsqlConnection(text);\ntry\n{\nc.Open();\nc.Execute(\"select 1\");\nc.Close();\n}\ncatch\n{\nc.Close();\nthrow;\n}", "")]
    [InlineData("var c = new NpgsqlConnection(text);\ntry\n{\nc.Open();\nc.Execute(\"select 1\");\n}\ncatch (Exception e)\n{\nUse(e);\n}\nc.Dispose();", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nc.Dispose();", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nawait c.DisposeAsync();", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nif (flag) return null;\nusing (c) c.Open();", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nDone();\nvoid Done() => c.Dispose();", "")]
    [InlineData("var c = new NpgsqlConnection(text);\ntry\n{\nc.Open();\nc.Execute(\"select 1\");\n}\nfinally\n{\nDone();\n}\nvoid Done() => c.Dispose();", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nClose(c);\nstatic void Close(DbConnection closed) => closed.Dispose();", "")]
    // Not surely this code's to release.
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nreturn c;", "")]
    [InlineData("return new NpgsqlConnection(text);", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nconnections.Add(c);", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\n_held = c;", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nreturn new DbContextOptionsBuilder().Over(c).Options;", "")]
    [InlineData("_held = new NpgsqlConnection(text);\n_held.Open();", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nvar owner = new Owner(c);", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nvar pair = (c, 1);", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nvar all = new[] { c };", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nresponse.RegisterForDispose(c);", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nHand(out var handed);\nvoid Hand(out DbConnection one) => one = c;", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nvar command = c.CreateCommand();\nreturn command.ExecuteReader(CommandBehavior.CloseConnection);", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nFunc<DbConnection> get = () => c;", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nAction done = () => c.Dispose();\nresponse.OnCompleted(done);", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nresponse.OnCompleted(c.Dispose);", "")]
    [InlineData("var c = db.Database.GetDbConnection();\nc.Open();", "")]
    [InlineData("connection.Open();\nconnection.Execute(\"select 1\");", "")]
    [InlineData("var c = connection;\nc.Open();", "")]
    [InlineData("var c = _held ?? new NpgsqlConnection(text);\nif (_held == null) c.Dispose();", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nUse(c.ConnectionString);", "")]
    [InlineData("var c = new NpgsqlConnection(text);", "")]
    [InlineData("DbConnection c = new NpgsqlConnection(text);\nif (flag) c = connection;\nc.Open();\nif (!flag) c.Dispose();", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nobject? made = null;\ntry\n{\nc.Open();\nif (flag)\n{\nmade = new Owner(c);\nreturn made;\n}\n}\nfinally\n{\nif (made == null)\nc.Dispose();\n}", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nif (flag) _held = c;\nelse Use(1);\nif (!flag) c.Dispose();", "")]
    [InlineData("var c = new NpgsqlConnection(text);\ntry\n{\nc.Open();\nc.Execute(\"select 1\");\n}\nfinally\n{\nif (flag)\nc.Dispose();\n}", "")]
    // Left early.
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nif (flag) return null;\nc.Dispose();", "c EarlyExit return null;")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nif (flag)\nc.Dispose();", "c EarlyExit return null;")]
    [InlineData("foreach (var id in ids)\n{\nvar c = new NpgsqlConnection(text);\nc.Open();\nif (id > 3) continue;\nc.Dispose();\n}", "c EarlyExit return null;")]
    [InlineData("foreach (var id in ids)\n{\nvar c = new NpgsqlConnection(text);\nc.Open();\nif (id > 3) break;\nc.Dispose();\n}", "c EarlyExit return null;")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nif (flag) return null;\nreturn c;", "c EarlyExit return null;")]
    // An exception skips the release.
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");\nc.Dispose();", "c Exception Execute")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");\nc.Close();", "c Exception Execute closed")]
    [InlineData("var c = new NpgsqlConnection(text);\nawait c.OpenAsync(ct);\nvar number = int.Parse(text);\nawait c.CloseAsync();", "c Exception Parse closed")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nif (flag) throw new InvalidOperationException();\nc.Dispose();", "c Exception throw")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");\ntry\n{\nc.Execute(\"select 2\");\n}\nfinally\n{\nc.Dispose();\n}", "c Exception Execute")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\ntry\n{\nc.Execute(\"select 1\");\n}\ncatch (ArgumentException)\n{\n}\nc.Dispose();", "c Exception Execute")]
    [InlineData("var c = source.OpenConnection();\nc.Execute(\"select 1\");\nc.Dispose();", "c Exception Execute")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nstring.Format(\"{0}\", 1);\nc.Dispose();", "")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Query<int>(\"select 1\");\nc.Dispose();", "")]
    // Used where it is made.
    [InlineData("return new NpgsqlConnection(text).Query<int>(\"select 1\");", "NpgsqlConnection Dropped")]
    [InlineData("var rows = await new NpgsqlConnection(text).QueryAsync<int>(\"select 1\");", "NpgsqlConnection Dropped")]
    [InlineData("new Shop().Orders.ToList();", "Shop Dropped")]
    [InlineData("return factory.CreateDbContext().Orders;", "")]
    [InlineData("new NpgsqlConnection(text).Dispose();", "")]
    [InlineData("var command = new NpgsqlCommand(text, new NpgsqlConnection(text));\ncommand.Dispose();", "")]
    public void Connections_and_contexts(string statements, string expected) => Assert.Equal(expected, Leaks(statements));

    [Theory]
    [InlineData("var shop = new Shop();\nreturn shop.Orders.ToList();", "shop Always")]
    [InlineData("var shop = factory.CreateDbContext();\nshop.SaveChanges();", "shop Always")]
    [InlineData("using var shop = factory.CreateDbContext();\nshop.SaveChanges();", "")]
    [InlineData("await using var shop = await factory.CreateDbContextAsync(ct);\nawait shop.SaveChangesAsync(ct);", "")]
    [InlineData("var shop = factory.CreateDbContext();\nshop.SaveChanges();\nshop.Dispose();", "")]
    [InlineData("var shop = factory.CreateDbContext();\nif (flag) return null;\nshop.Dispose();", "shop EarlyExit return null;")]
    [InlineData("var shop = factory.CreateDbContext();\nvar owner = new Owner(shop);", "")]
    [InlineData("var command = connection.CreateCommand();\ncommand.ExecuteNonQuery();", "command Always")]
    [InlineData("var command = Make(connection, out var number);\ncommand.ExecuteNonQuery();\nif (number < 0) throw new InvalidOperationException();", "command Always")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.ExecuteNonQuery();", "")]
    [InlineData("var command = new NpgsqlCommand(text, npgsql);\ncommand.ExecuteNonQuery();\ncommand.Dispose();", "")]
    [InlineData("new NpgsqlCommand(text, npgsql).ExecuteNonQuery();", "NpgsqlCommand Dropped")]
    [InlineData("var adapter = new NpgsqlDataAdapter(text, npgsql);\nadapter.Fill(new DataTable());", "adapter Always")]
    [InlineData("using var batch = npgsql.CreateBatch();\nvar command = batch.CreateBatchCommand();\ncommand.CommandText = text;", "")]
    [InlineData("var reader = given.ExecuteReader();\nreader.Read();", "reader Always")]
    [InlineData("given.ExecuteReader();", "ExecuteReader Always")]
    [InlineData("var reader = given.ExecuteReader();\nif (reader.Read()) Use(reader.TextOf(\"Name\"));", "reader Always")]
    [InlineData("var reader = given.ExecuteReader();\nvar kept = reader.Kept();", "")]
    [InlineData("var found = given.ExecuteReader().Read();", "ExecuteReader Dropped")]
    [InlineData("using var reader = given.ExecuteReader();\nreader.Read();", "")]
    [InlineData("var reader = given.ExecuteReader();\nif (!reader.Read()) return null;\nreader.Close();", "reader EarlyExit return null;")]
    [InlineData("var reader = given.ExecuteReader();\nvar id = int.Parse(text);\nreader.Dispose();", "reader Exception Parse")]
    [InlineData("var reader = given.ExecuteReader();\nvar table = new DataTable();\ntable.Load(reader);", "")]
    [InlineData("new DataTable().Load(given.ExecuteReader());", "")]
    [InlineData("using var c = new NpgsqlConnection(text);\nc.Open();\nusing var command = c.CreateCommand();\nvar reader = command.ExecuteReader();\nreader.Read();", "")]
    [InlineData("using var c = new NpgsqlConnection(text);\nc.Open();\nusing var command = c.CreateCommand();\nvar reader = command.ExecuteReader();\nreader.Read();\nc.Execute(\"select 1\");", "reader Always")]
    [InlineData("var grid = connection.QueryMultiple(\"select 1; select 2\");\ngrid.Read<int>();", "grid Always")]
    [InlineData("using var grid = connection.QueryMultiple(\"select 1; select 2\");\ngrid.Read<int>();", "")]
    [InlineData("var transaction = connection.BeginTransaction();\nconnection.Execute(\"delete from x\", transaction: transaction);\ntransaction.Commit();", "transaction Always")]
    [InlineData("using var transaction = connection.BeginTransaction();\ntransaction.Commit();", "")]
    [InlineData("db.Database.BeginTransaction();\ndb.Database.CommitTransaction();", "")]
    [InlineData("using var c = source.OpenConnection();\nvar transaction = c.BeginTransaction();\nc.Execute(\"delete from x\", transaction: transaction);\ntransaction.Commit();", "transaction Always")]
    public void Contexts_commands_readers_and_transactions(string statements, string expected) => Assert.Equal(expected, Leaks(statements));

    private static string Leaks(string statements)
    {
        CodeUnderTest code = CodeUnderTest.Of(
            $$"""
            interface IResponse { void RegisterForDispose(IDisposable one); void OnCompleted(Action done); }
            static class Setup { public static DbContextOptionsBuilder Over(this DbContextOptionsBuilder options, DbConnection connection) => options.UseNpgsql(connection); }
            static class Rows
            {
                public static string TextOf(this DbDataReader reader, string column) => reader.GetString(reader.GetOrdinal(column));

                public static Func<bool> Kept(this DbDataReader reader) => () => reader.IsClosed;
            }
            class Owner(IDisposable owned) : IDisposable { public void Dispose() => owned.Dispose(); }
            class Report
            {
                private NpgsqlConnection? _held;

                async Task<object?> RunAsync(Shop db, IDbContextFactory<Shop> factory, DbConnection connection, NpgsqlConnection npgsql, NpgsqlDataSource source, DbCommand given,
                    List<DbConnection> connections, IResponse response, int[] ids, string text, bool flag, CancellationToken ct)
                {
                    {{statements}}
                    return null;
                }

                static void Use(object? value) { }

                static DbCommand Make(DbConnection connection, out int number)
                {
                    var made = connection.CreateCommand();
                    made.CommandText = "select 1";
                    number = 1;
                    return made;
                }

                static NpgsqlConnection Opened(string text)
                {
                    var made = new NpgsqlConnection(text);
                    made.Open();
                    return made;
                }

                static NpgsqlConnection OpenedAgain(string text) => Opened(text);

                static Task<NpgsqlConnection> OpenedAsync(NpgsqlDataSource source) => source.OpenConnectionAsync().AsTask();

                NpgsqlConnection Held() => _held ??= new NpgsqlConnection("");

                DbConnection OfContext(Shop db) => db.Database.GetDbConnection();
            }
            """);
        return string.Join(", ", code.Bodies().SelectMany(body => code.Facts.Lifetimes.LeaksOf(body.Facts)).Select(Describe));
    }

    private static string Describe(Leak leak) =>
        string.Join(" ", new[] { leak.Acquisition.Name, leak.Path.ToString(), leak.Thrower ?? leak.Exit?.Syntax.ToString(), leak.IsClosedElse ? "closed" : null }.OfType<string>());
}
