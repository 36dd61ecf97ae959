using Xunit;
using Code = DbRules.Tests.Rules.Transactions.BookingCode<DbRules.Rules.Transactions.CommandOutsideTransaction, DbRules.CodeFixes.Transactions.CommandOutsideTransactionFix>;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>When DBR304 speaks, and when it is quiet.</summary>
public class CommandOutsideTransactionTests
{
    private const string Insert = "\"INSERT INTO Orders (Id) VALUES (1)\"";

    [Theory]
    [InlineData("using var tx = connection.BeginTransaction(); connection.{|DBR304:Execute|}(" + Insert + "); tx.Commit();")]
    [InlineData("await using var tx = await connection.BeginTransactionAsync(ct); await connection.{|DBR304:ExecuteAsync|}(" + Insert + ", order); await tx.CommitAsync(ct);")]
    [InlineData("await using (var tx = await connection.BeginTransactionAsync(ct).ConfigureAwait(false)) { connection.Execute(" + Insert + ", order, tx); Use(connection.{|DBR304:Query|}<Order>(\"SELECT * FROM Orders WHERE Id = 1\")); tx.Commit(); }")]
    [InlineData("var tx = connection.BeginTransaction(); try { connection.{|DBR304:Execute|}(" + Insert + "); tx.Commit(); } catch { tx.Rollback(); throw; } finally { tx.Dispose(); }")]
    [InlineData("using var tx = connection.BeginTransaction(); foreach (var o in orders) connection.{|DBR304:Execute|}(" + Insert + ", o); tx.Commit();")]
    [InlineData("using var tx = connection.BeginTransaction(); await connection.{|DBR304:ExecuteAsync|}(new CommandDefinition(" + Insert + ", order, cancellationToken: ct)); tx.Commit();")]
    [InlineData("using var tx = connection.BeginTransaction(); connection.{|DBR304:Execute|}(" + Insert + ", order, null, 30); tx.Commit();")]
    [InlineData("using (connection.BeginTransaction()) { connection.{|DBR304:Execute|}(" + Insert + "); }")]
    [InlineData("using var tx = connection.BeginTransaction(); tx.Connection!.{|DBR304:Execute|}(" + Insert + "); tx.Commit();")]
    [InlineData("using var tx = connection.BeginTransaction(); using var command = connection.CreateCommand(); command.CommandText = " + Insert + "; command.{|DBR304:ExecuteNonQuery|}(); command.ExecuteNonQuery(); tx.Commit();")]
    [InlineData("await using var tx = await connection.BeginTransactionAsync(ct); var command = connection.CreateCommand(); command.CommandText = " + Insert + "; await command.{|DBR304:ExecuteNonQueryAsync|}(ct); await tx.CommitAsync(ct);")]
    // Commands of SQLite that the connection did not make, or made before.
    [InlineData("using var tx = sqlite.BeginTransaction(); using var command = new SqliteCommand(" + Insert + ", sqlite); command.{|DBR304:ExecuteNonQuery|}(); tx.Commit();")]
    [InlineData("using var tx = sqlite.BeginTransaction(); new SqliteCommand(" + Insert + ", sqlite).{|DBR304:ExecuteNonQuery|}(); tx.Commit();")]
    [InlineData("using var command = sqlite.CreateCommand(); command.CommandText = " + Insert + "; using var tx = sqlite.BeginTransaction(); command.{|DBR304:ExecuteNonQuery|}(); tx.Commit();")]
    public Task Transaction_of_the_method(string code) => Code.Reports(code);

    [Theory]
    [InlineData("void Move(SqlConnection c, IDbTransaction tx) { c.Execute(" + Insert + ", null, tx); c.{|DBR304:Execute|}(" + Insert + "); }")]
    [InlineData("async Task Move(SqlConnection c, DbTransaction tx) { await c.{|DBR304:ExecuteAsync|}(" + Insert + "); await c.ExecuteAsync(" + Insert + ", transaction: tx); }")]
    [InlineData("void Move(SqlTransaction tx) { tx.Connection!.{|DBR304:Execute|}(" + Insert + "); }")]
    [InlineData("void Move(SqlTransaction tx) { var c = tx.Connection!; c.{|DBR304:Execute|}(" + Insert + "); }")]
    [InlineData("void Move() { _connection.Execute(" + Insert + ", null, _tx); _connection.{|DBR304:Execute|}(" + Insert + "); } readonly SqlConnection _connection = null!; IDbTransaction _tx = null!;")]
    [InlineData("readonly SqlConnection _c; readonly IDbTransaction _tx; Ledger(SqlConnection c, IDbTransaction tx) { _c = c; _tx = tx ?? throw new ArgumentNullException(nameof(tx)); } void Alive() => _c?.{|DBR304:Execute|}(\"SELECT 1\");")]
    public Task Transaction_that_is_handed_in(string members) => Code.Reports(InClass(members));

    [Theory]
    [InlineData("(SqlConnection connection, IDbTransaction tx)", "void Move() => connection.{|DBR304:Execute|}(" + Insert + ");")]
    [InlineData("(SqlConnection connection, IDbTransaction tx)", "void Move() => connection.Execute(" + Insert + ", transaction: tx);")]
    [InlineData("(SqlConnection connection, IDbTransaction tx)", "readonly SqlConnection _c = connection; readonly IDbTransaction _tx = tx ?? throw new ArgumentNullException(nameof(tx)); void Move() => _c.{|DBR304:Execute|}(" + Insert + "); void End() => _tx.Commit();")]
    // There may be none, another one, or none that is open.
    [InlineData("(SqlConnection connection, IDbTransaction? tx)", "void Move() => connection.Execute(" + Insert + "); object? Held => tx;")]
    [InlineData("(SqlConnection connection, IDbTransaction tx)", "void Move() => connection.Execute(" + Insert + "); void Next() => tx = tx.Connection!.BeginTransaction();")]
    [InlineData("(SqlConnection connection, IDbTransaction tx)", "void Move() { tx.Commit(); connection.Execute(" + Insert + "); }")]
    [InlineData("(SqlConnection connection, IDbTransaction tx)", "Ledger(SqlConnection connection) : this(connection, null!) { } void Move() => connection.Execute(" + Insert + "); object Held => tx;")]
    public Task A_primary_constructor(string parameters, string members) => Code.Reports(InClass(members).Replace("class Ledger", "class Ledger" + parameters, StringComparison.Ordinal));

    [Theory]
    // Given, in every way.
    [InlineData("using var tx = connection.BeginTransaction(); connection.Execute(" + Insert + ", null, tx); connection.Execute(" + Insert + ", transaction: tx); tx.Commit();")]
    [InlineData("using var tx = connection.BeginTransaction(); connection.Execute(new CommandDefinition(" + Insert + ", transaction: tx)); tx.Commit();")]
    [InlineData("using var tx = connection.BeginTransaction(); var command = connection.CreateCommand(); command.CommandText = " + Insert + "; command.Transaction = tx; command.ExecuteNonQuery(); tx.Commit();")]
    [InlineData("using var tx = sqlite.BeginTransaction(); new SqliteCommand(" + Insert + ", sqlite, tx).ExecuteNonQuery(); new SqliteCommand { CommandText = " + Insert + ", Connection = sqlite, Transaction = tx }.ExecuteNonQuery(); tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.Database.GetDbConnection().Execute(" + Insert + ", transaction: tx.GetDbTransaction()); tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.Database.ExecuteSqlRaw(" + Insert + "); db.SaveChanges(); tx.Commit();")]
    // Not open, or not surely.
    [InlineData("connection.Execute(" + Insert + "); using var tx = connection.BeginTransaction(); connection.Execute(" + Insert + ", null, tx); tx.Commit(); connection.Execute(" + Insert + ");")]
    [InlineData("using (var tx = connection.BeginTransaction()) { connection.Execute(" + Insert + ", null, tx); tx.Commit(); } connection.Execute(" + Insert + ");")]
    [InlineData("var tx = isNew ? connection.BeginTransaction() : null; connection.Execute(" + Insert + "); tx?.Commit();")]
    [InlineData("DbTransaction? tx = null; if (isNew) tx = connection.BeginTransaction(); connection.Execute(" + Insert + "); tx?.Commit();")]
    [InlineData("var tx = connection.BeginTransaction(); try { connection.Execute(" + Insert + ", null, tx); tx.Commit(); } catch { tx.Rollback(); connection.Execute(" + Insert + "); }")]
    [InlineData("var tx = connection.BeginTransaction(); if (isNew) tx.Rollback(); connection.Execute(" + Insert + ");")]
    [InlineData("using var tx = connection.BeginTransaction(); Action later = () => connection.Execute(" + Insert + "); tx.Commit(); later();")]
    // Another connection.
    [InlineData("using var tx = connection.BeginTransaction(); plain.Execute(" + Insert + "); tx.Commit();")]
    [InlineData("using var tx = npgsql.BeginTransaction(); plain.Execute(" + Insert + "); tx.Commit();")]
    // The provider makes no difference.
    [InlineData("using var tx = npgsql.BeginTransaction(); npgsql.Execute(" + Insert + "); new NpgsqlCommand(" + Insert + ", npgsql).ExecuteNonQuery(); tx.Commit();")]
    [InlineData("using var tx = sqlite.BeginTransaction(); sqlite.Execute(" + Insert + "); sqlite.Execute(new CommandDefinition(" + Insert + ")); tx.Commit();")]
    [InlineData("using var tx = sqlite.BeginTransaction(); using var command = sqlite.CreateCommand(); command.CommandText = " + Insert + "; command.ExecuteNonQuery(); tx.Commit();")]
    [InlineData("using var tx = plain.BeginTransaction(); plain.Execute(" + Insert + "); tx.Commit();")]
    [InlineData("DbConnection same = npgsql; using var tx = same.BeginTransaction(); var c = same.CreateCommand(); c.CommandText = " + Insert + "; c.ExecuteNonQuery(); tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.Database.GetDbConnection().Execute(" + Insert + "); tx.Commit();")]
    public Task Quiet(string code) => Code.Reports(code);

    [Theory]
    [InlineData("void Move(SqlConnection c, IDbTransaction? tx = null) { if (tx != null) c.Execute(" + Insert + ", null, tx); else c.Execute(" + Insert + "); }")]
    [InlineData("void Move(SqlConnection c, IDbTransaction? tx = null) { c.Execute(tx == null ? \"a\" : \"b\", null, tx); if (tx is null) c.Execute(" + Insert + "); }")]
    [InlineData("void Move(SqlConnection c, IDbTransaction tx, bool b) { if (b) c.Execute(" + Insert + ", null, tx); else c.Execute(" + Insert + "); }")]
    [InlineData("void Move(SqlConnection c, IDbTransaction tx) { c.Execute(" + Insert + ", null, tx); tx.Commit(); c.Execute(" + Insert + "); }")]
    [InlineData("void Move(SqlConnection c, SqlConnection d, IDbTransaction tx) { c.Execute(" + Insert + ", null, tx); d.Execute(" + Insert + "); }")]
    [InlineData("void Move(SqlConnection c, IDbTransaction tx) { c.Execute(" + Insert + "); }")]
    [InlineData("void Move(NpgsqlConnection c, IDbTransaction tx) { c.Execute(" + Insert + ", null, tx); c.Execute(" + Insert + "); }")]
    // A helper gives the command the transaction, or may.
    [InlineData("void Move(SqlConnection c) { using var tx = c.BeginTransaction(); var m = c.CreateCommand(); m.CommandText = \"x\"; Enlist(m, tx); m.ExecuteNonQuery(); tx.Commit(); } void Enlist(DbCommand m, DbTransaction tx) => m.Transaction = tx;")]
    [InlineData("void Move(SqlConnection c) { using var tx = c.BeginTransaction(); using var m = Command(c, tx); m.ExecuteNonQuery(); tx.Commit(); } DbCommand Command(DbConnection c, DbTransaction tx) { var m = c.CreateCommand(); m.Transaction = tx; return m; }")]
    [InlineData("void Move(SqlConnection c, ISetUp s) { using var tx = c.BeginTransaction(); var m = c.CreateCommand(); s.Prepare(m); m.ExecuteNonQuery(); tx.Commit(); } interface ISetUp { void Prepare(DbCommand m); }")]
    [InlineData("void Move(SqlConnection c, DbCommand m) { using var tx = c.BeginTransaction(); m.Connection = c; m.ExecuteNonQuery(); tx.Commit(); }")]
    // Somebody else may have ended it.
    [InlineData("void Move(SqlConnection c, IEnd e) { var tx = c.BeginTransaction(); e.Finish(tx); c.Execute(" + Insert + "); } interface IEnd { void Finish(DbTransaction tx); }")]
    // The transaction of the class is set later, or there may be none.
    [InlineData("readonly SqlConnection _c; IDbTransaction? _tx; Ledger(SqlConnection c, IDbTransaction? tx) { _c = c; _tx = tx; } void Alive() => _c.Execute(\"SELECT 1\");")]
    [InlineData("readonly SqlConnection _c; readonly IDbTransaction? _tx; Ledger(SqlConnection c, IDbTransaction? tx) { _c = c; _tx = tx; } void Alive() => _c.Execute(\"SELECT 1\");")]
    [InlineData("readonly SqlConnection _c; readonly IDbTransaction _tx; Ledger(SqlConnection c, IDbTransaction tx) { _c = c; _tx = tx; } void Finish() { _tx.Commit(); _c.Execute(\"SELECT 1\"); }")]
    public Task Quiet_in_class(string members) => Code.Reports(InClass(members));

    [Theory]
    [InlineData("connection.{|DBR304:Execute|}(" + Insert + ", order);", "connection.Execute(" + Insert + ", order, tx);")]
    [InlineData("connection.{|DBR304:Execute|}(" + Insert + ");", "connection.Execute(" + Insert + ", transaction: tx);")]
    [InlineData("connection.{|DBR304:Execute|}(" + Insert + ", param: order, commandTimeout: 30);", "connection.Execute(" + Insert + ", param: order, commandTimeout: 30, transaction: tx);")]
    [InlineData("connection.{|DBR304:Execute|}(" + Insert + ", order, null, 30);", "connection.Execute(" + Insert + ", order, tx, 30);")]
    [InlineData("connection.{|DBR304:Execute|}(" + Insert + ", transaction: null);", "connection.Execute(" + Insert + ", transaction: tx);")]
    [InlineData("SqlMapper.{|DBR304:Execute|}(connection, " + Insert + ", order);", "SqlMapper.Execute(connection, " + Insert + ", order, tx);")]
    [InlineData("connection.{|DBR304:Execute|}(\n    // one row\n    " + Insert + ",\n    new { order.Id } // the key\n);", "connection.Execute(\n    // one row\n    " + Insert + ",\n    new { order.Id }, tx // the key\n);")]
    [InlineData("await connection.{|DBR304:ExecuteAsync|}(new CommandDefinition(" + Insert + ", order, cancellationToken: ct));", "await connection.ExecuteAsync(new CommandDefinition(" + Insert + ", order, cancellationToken: ct, transaction: tx));")]
    [InlineData("Use(await connection.{|DBR304:QuerySingleAsync|}<int>(" + Insert + ", order));", "Use(await connection.QuerySingleAsync<int>(" + Insert + ", order, tx));")]
    public Task Fix_of_Dapper(string code, string fixedCode) =>
        Code.Fixes("await using var tx = await connection.BeginTransactionAsync(ct);\n" + code + "\nawait tx.CommitAsync(ct);", "await using var tx = await connection.BeginTransactionAsync(ct);\n" + fixedCode + "\nawait tx.CommitAsync(ct);");

    [Theory]
    [InlineData(
        "using var tx = sqlite.BeginTransaction();\nusing var command = new SqliteCommand(" + Insert + ", sqlite);\ncommand.{|DBR304:ExecuteNonQuery|}();\ntx.Commit();",
        "using var tx = sqlite.BeginTransaction();\nusing var command = new SqliteCommand(" + Insert + ", sqlite, tx);\ncommand.ExecuteNonQuery();\ntx.Commit();")]
    [InlineData(
        "using var tx = connection.BeginTransaction();\nusing var command = connection.CreateCommand(); // the row\ncommand.CommandText = " + Insert + ";\ncommand.{|DBR304:ExecuteNonQuery|}();\ncommand.ExecuteNonQuery();\ntx.Commit();",
        "using var tx = connection.BeginTransaction();\nusing var command = connection.CreateCommand(); // the row\ncommand.Transaction = tx;\ncommand.CommandText = " + Insert + ";\ncommand.ExecuteNonQuery();\ncommand.ExecuteNonQuery();\ntx.Commit();")]
    [InlineData(
        "using var tx = connection.BeginTransaction();\nusing (var command = connection.CreateCommand())\n{\n    command.CommandText = " + Insert + ";\n    command.{|DBR304:ExecuteNonQuery|}();\n}\ntx.Commit();",
        "using var tx = connection.BeginTransaction();\nusing (var command = connection.CreateCommand())\n{\n    command.Transaction = tx;\n    command.CommandText = " + Insert + ";\n    command.ExecuteNonQuery();\n}\ntx.Commit();")]
    [InlineData(
        "using var command = sqlite.CreateCommand();\ncommand.CommandText = " + Insert + ";\nusing (var tx = sqlite.BeginTransaction())\n{\n    command.{|DBR304:ExecuteNonQuery|}();\n    tx.Commit();\n}",
        "using var command = sqlite.CreateCommand();\ncommand.CommandText = " + Insert + ";\nusing (var tx = sqlite.BeginTransaction())\n{\n    command.Transaction = tx;\n    command.ExecuteNonQuery();\n    tx.Commit();\n}")]
    [InlineData(
        "using var command = new SqliteCommand(" + Insert + ", sqlite);\nusing var tx = sqlite.BeginTransaction();\ncommand.{|DBR304:ExecuteNonQuery|}();\ntx.Commit();",
        "using var command = new SqliteCommand(" + Insert + ", sqlite);\nusing var tx = sqlite.BeginTransaction();\ncommand.Transaction = tx;\ncommand.ExecuteNonQuery();\ntx.Commit();")]
    public Task Fix_of_commands(string code, string fixedCode) => Code.Fixes(code, fixedCode);

    [Theory]
    [InlineData("using (connection.BeginTransaction()) { connection.{|DBR304:Execute|}(" + Insert + "); }")]
    [InlineData("SqliteTransaction? tx; using (var command = new SqliteCommand(" + Insert + ", sqlite)) { tx = sqlite.BeginTransaction(); command.{|DBR304:ExecuteNonQuery|}(); } tx.Commit();")]
    [InlineData("using IDbTransaction tx = connection.BeginTransaction(); var command = connection.CreateCommand(); command.CommandText = " + Insert + "; command.{|DBR304:ExecuteNonQuery|}(); tx.Commit();")]
    public Task No_fix(string code) => Code.NoFix(code);

    [Fact]
    public Task Fix_takes_the_transaction_out_of_the_context() => Code.Fixes(
        "using System.Data;\nclass C\n{\n    void Move(ShopContext db, Microsoft.Data.SqlClient.SqlConnection c)\n    {\n        db.Database.SetDbConnection(c);\n        Run(db, c);\n    }\n    void Run(ShopContext db, Microsoft.Data.SqlClient.SqlConnection c)\n    {\n        using var tx = db.Database.BeginTransaction();\n        ((Microsoft.Data.SqlClient.SqlConnection)db.Database.GetDbConnection()).{|DBR304:Execute|}(" + Insert + ");\n        tx.Commit();\n    }\n}",
        "using System.Data;\nusing Microsoft.EntityFrameworkCore.Storage;\nclass C\n{\n    void Move(ShopContext db, Microsoft.Data.SqlClient.SqlConnection c)\n    {\n        db.Database.SetDbConnection(c);\n        Run(db, c);\n    }\n    void Run(ShopContext db, Microsoft.Data.SqlClient.SqlConnection c)\n    {\n        using var tx = db.Database.BeginTransaction();\n        ((Microsoft.Data.SqlClient.SqlConnection)db.Database.GetDbConnection()).Execute(" + Insert + ", transaction: tx.GetDbTransaction());\n        tx.Commit();\n    }\n}");

    private static string InClass(string members) =>
        $$"""
        using Microsoft.Data.SqlClient;
        using Npgsql;

        abstract class SqlTransaction : DbTransaction { public new abstract SqlConnection? Connection { get; } }

        class Ledger
        {
            {{members}}
        }
        """;
}
