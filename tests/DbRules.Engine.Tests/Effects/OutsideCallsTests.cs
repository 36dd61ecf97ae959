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
    [InlineData("await stream.WriteAsync(new byte[1], ct);", false)]
    [InlineData("stream.Write(new byte[1]);", false)]
    [InlineData("await stream.CopyToAsync(new MemoryStream(), ct);", false)]
    [InlineData("using var reader = new StreamReader(stream);\nUse(await reader.ReadToEndAsync(ct));", false)]
    [InlineData("using var writer = new StringWriter();\nawait writer.WriteLineAsync(text);", false)]
    [InlineData("Use(await JsonSerializer.DeserializeAsync<int>(stream, cancellationToken: ct));", false)]
    [InlineData("using var document = await JsonDocument.ParseAsync(stream, cancellationToken: ct);", false)]
    [InlineData("using var file = new FileStream(text, FileMode.Create);\nawait stream.CopyToAsync(file, ct);", true)]
    [InlineData("using var file = File.OpenRead(text);\nawait file.CopyToAsync(stream, ct);", true)]
    [InlineData("new FileInfo(text).Create();", true)]
    [InlineData("await WriteFileAsync(text);", true)]
    public void Of_streams_opening_a_file_counts(string statements, bool expected) => In_a_pass(statements, expected);

    [Theory]
    [InlineData("Use(await users.FindByNameAsync(text));", false)]
    [InlineData("Use(await users.GetRolesAsync(new object()));", false)]
    [InlineData("Use(await own.IsInRoleAsync(new object(), text));", false)]
    [InlineData("Use(await own.NamesAsync(text));", false)]
    [InlineData("Use(await roles.RoleExistsAsync(text));", false)]
    [InlineData("Use(await authorization.AuthorizeAsync(new System.Security.Claims.ClaimsPrincipal(), null, text));", false)]
    [InlineData("Use(await authorization.AuthorizeAsync(new System.Security.Claims.ClaimsPrincipal(), text));", false)]
    [InlineData("await validator.ValidateAndThrowAsync(text, ct);", false)]
    [InlineData("Use(await validator.ValidateAsync(text, ct));", false)]
    [InlineData("await gate.WaitAsync(ct);\ngate.Release();", false)]
    [InlineData("await channel.Writer.WriteAsync(text, ct);", false)]
    [InlineData("await channel.Reader.ReadAsync(ct);", true)]
    [InlineData("await sender.SendEmailAsync(text, text, text);", true)]
    public void Libraries(string statements, bool expected) => In_a_pass(statements, expected);

    [Theory]
    [InlineData("Use(await rows.IsDBNullAsync(0, ct));", false)]
    [InlineData("Use(await connection.GetSchemaAsync(ct));", false)]
    [InlineData("Use(await orders.FindAsync(id));", false)]
    [InlineData("await unit.CompleteAsync();", false)]
    [InlineData("await RunAsync(text, db);", false)]
    [InlineData("await blobs.PutAsync(text);", true)]
    [InlineData("await files.PutAsync(text);", true)]
    [InlineData("await NotifyAsync(text);", true)]
    [InlineData("await FindAndNotifyAsync(id);", true)]
    public void Stores_and_what_is_not_in_view(string statements, bool expected) => In_a_pass(statements, expected);

    [Theory]
    [InlineData("await DownloadAsync(text);\nforeach (var id in ids)\nUse(db.Orders.Find(id)); //1")]
    [InlineData("foreach (var id in ids)\nUse(db.Orders.Find(id)); //1\nSystem.IO.File.Delete(text);")]
    [InlineData("foreach (var part in await DownloadAsync(text))\nUse(db.Orders.Find((int)part)); //1")]
    public void Around_the_loop(string statements) => Assert.False(WorksOutside(statements));

    private static bool WorksOutside(string statements)
    {
        CodeUnderTest code = CodeUnderTest.Of(
            $$"""
            using System.IO;
            using System.Text.Json;
            using FluentValidation;
            using Microsoft.AspNetCore.Authorization;
            using Microsoft.AspNetCore.Identity;

            interface IMailer { Task SendAsync(string text); void Queue(string text); }

            interface IOrderRepository { Task<object?> FindAsync(int id); }

            interface IUnitOfWork { Task CompleteAsync(); }

            interface IEmails { Task SendEmailAsync(string to, string subject, string text); }

            interface IBlobs { Task PutAsync(string text); }

            interface IFileStore { Task PutAsync(string text); }

            abstract class OwnUsers() : UserManager<object>(null!, null!, null!, null!, null!, null!, null!, null!, null!)
            {
                public async Task<string?> NamesAsync(string text) => await GetUserNameAsync((await FindByNameAsync(text))!);
            }

            class Report(
                Shop db, DbConnection connection, DbDataReader rows, IMailer mailer, IOrderRepository orders, IUnitOfWork unit, IBlobs blobs, IFileStore files, Stream stream,
                UserManager<object> users, OwnUsers own, RoleManager<object> roles, IAuthorizationService authorization, IEmails sender, IValidator<string> validator,
                SemaphoreSlim gate, System.Threading.Channels.Channel<string> channel)
            {
                async Task RunAsync(int[] ids, string text, CancellationToken ct)
                {
                    await Task.Yield();
                    {{statements}}
                }

                static async Task<string> DownloadAsync(string text) => await new System.Net.Http.HttpClient().GetStringAsync(text);

                static async Task WriteFileAsync(string text)
                {
                    using var file = new FileStream(text, FileMode.Create);
                    await file.WriteAsync(new byte[1]);
                }

                // What it sends may write, and nothing else is known of it.
                static async Task RunAsync(string sql, Shop db) => await db.Database.GetDbConnection().ExecuteAsync(sql);

                Task NotifyAsync(string text) => mailer.SendAsync(text);

                async Task FindAndNotifyAsync(int id) => await mailer.SendAsync(db.Orders.Find(id)!.Number);

                static async Task SwiftAsync(string text) { await Task.Yield(); Use(text); }

                static void Use(object? value) { }
            }
            """);
        DbCall query = code.Call();
        return code.Facts.WorksOutside(query.Body, code.Iteration());
    }
}
