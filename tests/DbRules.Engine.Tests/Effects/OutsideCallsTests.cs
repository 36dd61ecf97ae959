using DbRules.Engine.Calls;
using DbRules.Engine.Tests.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Effects;

/// <summary>Whether a pass of a loop also waits for something other than a store.</summary>
public sealed class OutsideCallsTests
{
    [Theory]
    [InlineData("System.IO.File.Delete(text);", true)]
    [InlineData("await new System.Net.Http.HttpClient().GetStringAsync(text);", true)]
    [InlineData("await Task.Delay(1, ct);", true)]
    [InlineData("await stream.WriteAsync(new byte[1], ct);", true)]
    [InlineData("await DownloadAsync(text);", true)]
    [InlineData("await mailer.SendAsync(text);", true)]
    [InlineData("mailer.Queue(text);", false)]
    [InlineData("await SwiftAsync(text);", false)]
    [InlineData("Console.WriteLine(text);", false)]
    [InlineData("await db.Lines.ToListAsync(ct);", false)]
    [InlineData("await db.Database.CanConnectAsync(ct);", false)]
    [InlineData("await connection.QueryAsync<Order>(text);", false)]
    [InlineData("await Task.WhenAll(SwiftAsync(text), SwiftAsync(text));", false)]
    [InlineData("await SwiftAsync(text).ConfigureAwait(false);", false)]
    public void In_a_pass(string statements, bool expected) => Assert.Equal(expected, WorksOutside($"foreach (var id in ids)\n{{\nUse(db.Orders.Find(id)); //1\n{statements}\n}}"));

    [Theory]
    [InlineData("await DownloadAsync(text);\nforeach (var id in ids)\nUse(db.Orders.Find(id)); //1")]
    [InlineData("foreach (var id in ids)\nUse(db.Orders.Find(id)); //1\nSystem.IO.File.Delete(text);")]
    [InlineData("foreach (var part in await DownloadAsync(text))\nUse(db.Orders.Find((int)part)); //1")]
    public void Around_the_loop(string statements) => Assert.False(WorksOutside(statements));

    private static bool WorksOutside(string statements)
    {
        CodeUnderTest code = CodeUnderTest.Of(
            $$"""
            interface IMailer { Task SendAsync(string text); void Queue(string text); }

            class Report(Shop db, DbConnection connection, IMailer mailer, System.IO.Stream stream)
            {
                async Task RunAsync(int[] ids, string text, CancellationToken ct)
                {
                    await Task.Yield();
                    {{statements}}
                }

                static async Task<string> DownloadAsync(string text) => await new System.Net.Http.HttpClient().GetStringAsync(text);

                static async Task SwiftAsync(string text) { await Task.Yield(); Use(text); }

                static void Use(object? value) { }
            }
            """);
        DbCall query = code.Call();
        return code.Facts.WorksOutside(query.Body, code.Iteration());
    }
}
