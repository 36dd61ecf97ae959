using DbRules.Engine.Calls;
using DbRules.Engine.Tests.Calls;
using DbRules.Engine.Transactions;
using Xunit;

namespace DbRules.Engine.Tests.Transactions;

/// <summary>Where a transaction that a body opens may be open, and where it is for sure.</summary>
public sealed class OpenTransactionsTests
{
    [Theory]
    [InlineData("using var t = db.Database.BeginTransaction();\ndb.SaveChanges(); //1\nt.Commit();", true, true)]
    [InlineData("await using var t = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);\ndb.SaveChanges(); //1\nawait t.CommitAsync(ct);", true, true)]
    [InlineData("using var t = db.Database.BeginTransaction();\nt.Commit();\ndb.SaveChanges(); //1", false, false)]
    [InlineData("using var t = db.Database.BeginTransaction();\nt.Rollback();\ndb.SaveChanges(); //1", false, false)]
    [InlineData("using var t = db.Database.BeginTransaction();\nif (flag) t.Commit();\ndb.SaveChanges(); //1", true, false)]
    [InlineData("using (var t = db.Database.BeginTransaction())\n{\nt.Commit();\n}\ndb.SaveChanges(); //1", false, false)]
    [InlineData("using (db.Database.BeginTransaction())\n{\ndb.SaveChanges(); //1\ndb.Database.CommitTransaction();\n}", true, true)]
    [InlineData("db.Database.BeginTransaction();\ndb.SaveChanges(); //1\ndb.Database.CommitTransaction();", true, true)]
    [InlineData("db.Database.BeginTransaction();\ndb.Database.CommitTransaction();\ndb.SaveChanges(); //1", false, false)]
    [InlineData("if (flag)\n{\nusing var t = db.Database.BeginTransaction();\nt.Commit();\n}\ndb.SaveChanges(); //1", false, false)]
    [InlineData("var t = connection.BeginTransaction();\ntry\n{\nUse(1);\n}\nfinally\n{\nt.Dispose();\n}\ndb.SaveChanges(); //1", false, false)]
    [InlineData("db.SaveChanges(); //1\nusing var t = db.Database.BeginTransaction();\nt.Commit();", false, false)]
    [InlineData("DbTransaction? t = null;\nif (flag) t = connection.BeginTransaction();\ndb.SaveChanges(); //1\nt?.Commit();", true, false)]
    [InlineData("using var t = db.Database.BeginTransaction();\nFunc<int> save = () =>\ndb.SaveChanges(); //1\nt.Commit();", true, false)]
    [InlineData("using var scope = new System.Transactions.TransactionScope();\ndb.SaveChanges(); //1\nscope.Complete();", true, true)]
    // What ends it stands in a function of the code's own: it is over where that is called.
    [InlineData("using var t = db.Database.BeginTransaction();\nEnd();\ndb.SaveChanges(); //1\nvoid End() => t.Commit();", false, false)]
    [InlineData("using var t = db.Database.BeginTransaction();\ndb.SaveChanges(); //1\nawait EndAsync();\nasync Task EndAsync() { if (flag) await AbortAsync(); else await t.CommitAsync(ct); }\nTask AbortAsync() => t.RollbackAsync(ct);", true, true)]
    [InlineData("using var t = db.Database.BeginTransaction();\nawait EndAsync();\ndb.SaveChanges(); //1\nTask EndAsync() => AbortAsync();\nTask AbortAsync() => t.RollbackAsync(ct);", false, false)]
    [InlineData("using var t = db.Database.BeginTransaction();\nAction end = () => t.Commit();\nif (flag) end();\ndb.SaveChanges(); //1\nend();", true, false)]
    [InlineData("using var t = db.Database.BeginTransaction();\nAction end = () => t.Commit();\nend();\ndb.SaveChanges(); //1", false, false)]
    public void Is_open(string statements, bool mayBe, bool surely)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statements);
        DbCall save = code.Call();
        OpenTransaction transaction = Assert.Single(code.Facts.Transactions.OpenedBy(save.Body));
        Assert.Equal(mayBe, transaction.MayBeOpenAt(save.Operation));
        Assert.Equal(surely, transaction.IsSurelyOpenAt(save.Operation));
        Assert.False(transaction.Escapes);
    }

    [Theory]
    [InlineData("var t = db.Database.BeginTransaction();\nreturn t;", true)]
    [InlineData("return connection.BeginTransaction();", true)]
    [InlineData("var t = connection.BeginTransaction();\nvar pair = (t, 1);", true)]
    [InlineData("using var t = connection.BeginTransaction();\nconnection.Execute(\"delete from x\", transaction: t);", false)]
    [InlineData("using var t = connection.BeginTransaction();\ngiven.Transaction = t;", false)]
    [InlineData("using var t = npgsql.BeginTransaction();\nusing var c = new NpgsqlCommand(\"delete from x\", npgsql, t);", false)]
    [InlineData("using var t = connection.BeginTransaction();\nUse(t);", false)]
    public void Escapes(string statements, bool expected)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statements);
        OpenTransaction transaction = Assert.Single(code.Bodies().SelectMany(body => code.Facts.Transactions.OpenedBy(body.Facts)));
        Assert.Equal(expected, transaction.Escapes);
    }

    [Theory]
    [InlineData("db.SaveChanges(); //1\ndb.SaveChanges(); //2", true)]
    [InlineData("var same = db;\ndb.SaveChanges(); //1\nsame.SaveChanges(); //2", true)]
    [InlineData("db.SaveChanges(); //1\nunknown.ExecuteDelete(); //2", false)]
    [InlineData("db.SaveChanges(); //1\ndb.Orders.Where(o => o.Id > 3).ExecuteDelete(); //2", true)]
    [InlineData("db.SaveChanges(); //1\ndb.Database.ExecuteSqlRaw(\"delete from x\"); //2", true)]
    [InlineData("var own = db.Database.GetDbConnection();\ndb.SaveChanges(); //1\nown.Execute(\"delete from x\"); //2", true)]
    [InlineData("connection.Execute(\"delete from x\"); //1\nplain.Execute(\"delete from x\"); //2", false)]
    [InlineData("using var c = connection.CreateCommand();\nc.CommandText = \"delete from x\";\nc.ExecuteNonQuery(); //1\nconnection.Execute(\"delete from y\"); //2", true)]
    [InlineData("_db.SaveChanges(); //1\nthis._db.SaveChanges(); //2", true)]
    [InlineData("db.SaveChanges(); //1\n_db.SaveChanges(); //2", false)]
    [InlineData("using var own = factory.CreateDbContext();\nown.SaveChanges(); //1\nown.SaveChanges(); //2", true)]
    public void One_session(string statements, bool expected)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statements);
        Session? one = code.Facts.Transactions.SessionOf(code.Call("//1"));
        Session? other = code.Facts.Transactions.SessionOf(code.Call("//2"));
        Assert.Equal(expected, one is not null && one.Equals(other));
    }
}
