using DbRules.Engine.Calls;
using DbRules.Engine.Tests.Calls;
using DbRules.Engine.Transactions;
using Xunit;

namespace DbRules.Engine.Tests.Transactions;

/// <summary>What surely writes is the same in a transaction that a connection begins and in one that a scope makes ambient.</summary>
public sealed class SureWritesTests
{
    [Theory]
    [InlineData("connection.Execute(\"delete from x\");", true)]
    [InlineData("await connection.ExecuteAsync(\"merge into x using y on x.id = y.id when matched then delete\");", true)]
    [InlineData("connection.Execute(text);", true)]
    [InlineData("connection.Execute(\"exec move_rows 3\");", true)]
    [InlineData("connection.Query<int>(\"delete from x returning id\").ToList();", true)]
    [InlineData("connection.Query<int>(text).ToList();", false)]
    [InlineData("connection.Query<int>(\"exec move_rows 3\").ToList();", false)]
    [InlineData("connection.Execute(\"select 1\");", false)]
    [InlineData("connection.Execute(\"create temp table x (id int)\");", false)]
    [InlineData("connection.Execute(\"create temp table x (id int); insert into x values (3)\");", false)]
    [InlineData("connection.Execute(\"set lock_timeout = 3\");", false)]
    [InlineData("Delete(connection);", true)]
    [InlineData("await DeleteAsync(connection);", true)]
    [InlineData("DeleteAll(connection, ids);", true)]
    [InlineData("Use(connection);", false)]
    [InlineData("Read(connection);", false)]
    [InlineData("Setup(connection);", false)]
    [InlineData("DeleteInOwn(connection);", false)]
    public void A_call_writes(string statement, bool expected)
    {
        CodeUnderTest begun = Code($"using var t = connection.BeginTransaction();\n{statement}");
        Assert.Equal(expected, begun.Facts.Transactions.LostTransactionsOf(Body(begun)).Any());

        CodeUnderTest ambient = Code($"using var scope = new System.Transactions.TransactionScope();\n{statement}");
        BodyFacts body = Body(ambient);
        AmbientScope around = Assert.Single(ambient.Facts.Transactions.ScopesOf(body));
        Assert.Equal(expected, ambient.Facts.Transactions.UncompletedOf(around) is not null);
    }

    [Theory]
    [InlineData("Save();", true)]
    [InlineData("new Report(_db).Save();", false)]
    [InlineData("Other();", false)]
    [InlineData("SaveIn(_db);", true)]
    [InlineData("SaveIn(_other);", false)]
    [InlineData("SaveByTwo();", true)]
    [InlineData("EnsureRow();", true)]
    public void A_call_goes_through_the_session(string statement, bool expected)
    {
        CodeUnderTest code = CodeUnderTest.Of(
            $$"""
            class Report(Shop _db)
            {
                private readonly Shop _other = new();

                void Run()
                {
                    using var t = _db.Database.BeginTransaction();
                    {{statement}}
                }

                void Save() => _db.SaveChanges();
                void SaveByTwo() => Save();
                void Other() => _other.SaveChanges();
                static void SaveIn(Shop shop) => shop.SaveChanges();

                void EnsureRow()
                {
                    _db.Add(new Order());
                    _db.SaveChanges();
                }
            }
            """);
        Assert.Equal(expected, code.Facts.Transactions.LostTransactionsOf(Body(code, "Run")).Any());
    }

    private static CodeUnderTest Code(string statements) => CodeUnderTest.Of(
        $$"""
        class Report
        {
            async Task RunAsync(DbConnection connection, int[] ids, string text, CancellationToken ct)
            {
                await Task.Yield();
                {{statements}}
            }

            static void Use(object? value) { }
            static int Read(DbConnection connection) => connection.QuerySingle<int>("select count(*) from x");
            static int Setup(DbConnection connection) => connection.Execute("set lock_timeout = 3");
            static int Delete(DbConnection connection) => connection.Execute("delete from x");
            static Task<int> DeleteAsync(DbConnection connection) => connection.ExecuteAsync("delete from x");

            static void DeleteAll(DbConnection connection, int[] ids)
            {
                foreach (int id in ids)
                    connection.Execute("delete from x where id = @id", new { id });
            }

            static void DeleteInOwn(DbConnection connection)
            {
                using var own = connection.BeginTransaction();
                connection.Execute("delete from x", transaction: own);
                own.Commit();
            }
        }
        """);

    private static BodyFacts Body(CodeUnderTest code, string name = "RunAsync") => code.Bodies().Single(body => body.Owner.Name == name).Facts;
}
