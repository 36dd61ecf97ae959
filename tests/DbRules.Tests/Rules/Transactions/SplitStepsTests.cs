using Xunit;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>DBR302: writes of lambdas that are handed to code which runs each of them once, one behind the other.</summary>
public sealed class SplitStepsTests
{
    [Theory]
    [InlineData("Started().Then(() => Add(order)).Then(() => {|DBR302:Pay|}(order))")]
    [InlineData("Started().Then(async () => await Add(order)).Then(async () =>\n        {\n            order.Open = true;\n            await {|DBR302:Pay|}(order);\n        })")]
    [InlineData("Started().Then(async () => { db.Add(order); await db.SaveChangesAsync(); }).Then(() => {|DBR302:Pay|}(order))")]
    [InlineData("Started().Then(() => Add(order)).Then(async () => { db.Add(order); await db.{|DBR302:SaveChangesAsync|}(); })")]
    [InlineData("Started().Then(() => Find(order)).Then(() => Add(order)).Then(() => {|DBR302:Pay|}(order))")]
    public Task Steps(string steps) => Reports(steps);

    [Theory]
    // One step only, and steps that read.
    [InlineData("Started().Then(() => Add(order))")]
    [InlineData("Started().Then(() => Find(order)).Then(() => Add(order))")]
    // A step that waits for somebody else, or marks how far the work is.
    [InlineData("Started().Then(() => Add(order)).Then(() => gateway.SendAsync()).Then(() => Pay(order))")]
    [InlineData("Started().Then(() => Add(order)).Then(() => UpdateStage(order))")]
    // Code that opens a transaction around what it is handed, around all or one by one.
    [InlineData("Atomically(() => Started().Then(() => Add(order)).Then(() => Pay(order)))")]
    [InlineData("Started().Then(() => Atomically(() => Add(order))).Then(() => Atomically(() => Pay(order)))")]
    [InlineData("Started().ThenAtomically(db, () => Add(order)).ThenAtomically(db, () => Pay(order))")]
    // Code that keeps what it is handed, runs it for each of several elements, or where nothing is remembered.
    [InlineData("Started().Later(() => Add(order)).Later(() => Pay(order))")]
    [InlineData("Started().ForEach([1, 2], () => Add(order)).ForEach([1, 2], () => Pay(order))")]
    // Only one of them runs.
    [InlineData("order.Open ? Started().Then(() => Add(order)) : Started().Then(() => Pay(order))")]
    public Task Quiet(string steps) => Reports(steps);

    private static Task Reports(string steps) => TransactionCode.Reports(
        $$"""
        class Store(ShopContext db, IGateway gateway)
        {
            public Task Move(Order order) => {{steps}};

            private static Task<bool> Started() => Task.FromResult(true);

            private async Task Add(Order order)
            {
                db.Add(order);
                await db.SaveChangesAsync();
            }

            private async Task Pay(Order order)
            {
                db.Add(new Payment());
                await db.SaveChangesAsync();
            }

            private Task UpdateStage(Order order) => Add(order);

            private async Task Find(Order order) => await db.Orders.FirstAsync(o => o.Id == order.Id);

            private async Task Atomically(Func<Task> work)
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await work();
                await transaction.CommitAsync();
            }
        }

        interface IGateway { Task SendAsync(); }

        static class Chain
        {
            private static readonly List<Func<Task>> Waiting = [];

            public static async Task<bool> Then(this Task<bool> before, Func<Task> next)
            {
                if (!await before)
                    return false;
                await next();
                return true;
            }

            public static async Task<bool> ThenAtomically(this Task<bool> before, ShopContext db, Func<Task> next)
            {
                bool done = await before;
                await using var transaction = await db.Database.BeginTransactionAsync();
                await next();
                await transaction.CommitAsync();
                return done;
            }

            public static Task<bool> Later(this Task<bool> before, Func<Task> next)
            {
                Waiting.Add(next);
                return before;
            }

            public static async Task<bool> ForEach(this Task<bool> before, int[] items, Func<Task> next)
            {
                foreach (int item in items)
                    await next();
                return await before;
            }
        }
        """);
}
