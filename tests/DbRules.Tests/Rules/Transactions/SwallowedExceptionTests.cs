using Xunit;
using Code = DbRules.Tests.Rules.Transactions.BookingCode<DbRules.Rules.Transactions.SwallowedException, DbRules.CodeFixes.Transactions.UncommittedTransactionFix>;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>When DBR308 speaks, and when it is quiet.</summary>
public class SwallowedExceptionTests
{
    private const string Insert = "\"INSERT INTO Orders (Id) VALUES (1)\"";

    [Theory]
    [InlineData("using var tx = db.Database.BeginTransaction(); try { db.SaveChanges(); } {|DBR308:catch|} (Exception e) { log.Write(e); } db.SaveChanges(); tx.Commit();")]
    [InlineData("await using var tx = await db.Database.BeginTransactionAsync(ct); try { await db.SaveChangesAsync(ct); } {|DBR308:catch|} (DbUpdateException) { } await tx.CommitAsync(ct);")]
    [InlineData("using var tx = connection.BeginTransaction(); foreach (var o in orders) { try { connection.Execute(" + Insert + ", o, tx); } {|DBR308:catch|} { } } tx.Commit();")]
    [InlineData("using var tx = npgsql.BeginTransaction(); try { npgsql.Execute(" + Insert + "); } {|DBR308:catch|} (NpgsqlException e) { log.Write(e.Message); } finally { log.Write(order); } tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); try { try { db.SaveChanges(); } {|DBR308:catch|} (DbException) { } tx.Commit(); } catch { tx.Rollback(); throw; }")]
    [InlineData("using var scope = new System.Transactions.TransactionScope(); try { db.SaveChanges(); } {|DBR308:catch|} (Exception e) { log.Write(e); } scope.Complete();")]
    public Task Swallowed(string code) => Code.Reports(code);

    [Theory]
    // The handler leaves.
    [InlineData("using var tx = db.Database.BeginTransaction(); try { db.SaveChanges(); } catch (Exception e) { log.Write(e); throw; } tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); try { db.SaveChanges(); } catch (Exception e) { throw new InvalidOperationException(\"no\", e); } tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); try { db.SaveChanges(); } catch (Exception e) { log.Write(e); return null; } tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); foreach (var o in orders) { try { db.SaveChanges(); } catch { break; } } tx.Commit();")]
    // It rolls back, to a savepoint or wholly.
    [InlineData("using var tx = db.Database.BeginTransaction(); tx.CreateSavepoint(\"a\"); try { db.SaveChanges(); } catch { tx.RollbackToSavepoint(\"a\"); } tx.Commit();")]
    [InlineData("using var tx = npgsql.BeginTransaction(); tx.Save(\"a\"); try { npgsql.Execute(" + Insert + "); } catch { tx.Rollback(\"a\"); } tx.Commit();")]
    [InlineData("var tx = connection.BeginTransaction(); try { connection.Execute(" + Insert + ", null, tx); tx.Commit(); } catch (Exception e) { log.Write(e); tx.Rollback(); }")]
    // The commit is not reached, or is part of what failed.
    [InlineData("using var tx = db.Database.BeginTransaction(); try { db.SaveChanges(); tx.Commit(); } catch (Exception e) { log.Write(e); }")]
    [InlineData("try { using var tx = db.Database.BeginTransaction(); db.SaveChanges(); tx.Commit(); } catch (Exception e) { log.Write(e); }")]
    // The code looks at what happened before it commits.
    [InlineData("using var tx = db.Database.BeginTransaction(); var ok = true; try { db.SaveChanges(); } catch { ok = false; } if (ok) tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); var errors = new List<Exception>(); foreach (var o in orders) { try { db.SaveChanges(); } catch (Exception e) { errors.Add(e); } } if (errors.Count == 0) tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); for (var i = 0; i < 3; i++) { try { db.SaveChanges(); break; } catch { i++; } } tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); while (true) { try { db.SaveChanges(); break; } catch (Exception e) { log.Write(e); } } tx.Commit();")]
    // It writes something instead.
    [InlineData("using var tx = connection.BeginTransaction(); try { connection.Execute(" + Insert + ", null, tx); } catch (DbException) { connection.Execute(\"UPDATE Orders SET Open = 1\", null, tx); } tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); try { db.SaveChanges(); } catch (DbUpdateException e) { db.Remove(order); } db.SaveChanges(); tx.Commit();")]
    // What it takes is no failure of a write.
    [InlineData("using var tx = db.Database.BeginTransaction(); try { Use(db.Orders.First()); } catch (Exception e) { log.Write(e); } db.SaveChanges(); tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); try { Use(int.Parse(order.Number)); db.SaveChanges(); } catch (FormatException e) { log.Write(e); } tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); try { db.SaveChanges(); } catch (Exception e) when (e.Message == \"\") { log.Write(e); } tx.Commit();")]
    // No transaction.
    [InlineData("try { db.SaveChanges(); } catch (Exception e) { log.Write(e); } db.SaveChanges();")]
    [InlineData("using (var tx = db.Database.BeginTransaction()) { db.SaveChanges(); tx.Commit(); } try { db.SaveChanges(); } catch (Exception e) { log.Write(e); }")]
    public Task Quiet(string code) => Code.Reports(code);
}
