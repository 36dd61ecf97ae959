using System.Collections.Immutable;
using DbRules.Rules.RoundTrips;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR115: calls of interfaces that nothing in view implements, by their names.</summary>
public sealed class ProbableCallPerElementTests
{
    [Theory]
    [InlineData("foreach (var id in ids) Console.WriteLine(repository.{|DBR115:Find|}(id));")]
    [InlineData("foreach (var id in ids) Console.WriteLine(await repository.{|DBR115:GetAsync|}(id));")]
    [InlineData("foreach (var id in ids) Console.WriteLine(await store.{|DBR115:LoadByNameAsync|}(id.ToString()));")]
    [InlineData("foreach (var id in ids) Console.WriteLine(tags.{|DBR115:Find|}(id));")]
    [InlineData("foreach (var id in ids) Console.WriteLine(dao.{|DBR115:Exists|}(id));")]
    [InlineData("foreach (var id in ids) Console.WriteLine(queries.{|DBR115:GetName|}(id));")]
    [InlineData("foreach (var id in ids) Console.WriteLine(work.{|DBR115:FindOrder|}(id));")]
    [InlineData("ids.ForEach(id => Console.WriteLine(repository.{|DBR115:Find|}(id)));")]
    [InlineData("await Task.WhenAll(ids.Select(id => repository.{|DBR115:GetAsync|}(id)));")]
    public Task Names_that_say_so(string statements) => RunAsync(statements);

    [Theory]
    [InlineData("Console.WriteLine(repository.Find(1));")]
    [InlineData("foreach (var id in ids) repository.Add(id);")]
    [InlineData("foreach (var id in ids) Console.WriteLine(repository.GetAll());")]
    [InlineData("foreach (var id in ids) Console.WriteLine(repository.GetQuery(id));")]
    [InlineData("foreach (var id in ids) Console.WriteLine(repository.Getter(id));")]
    [InlineData("foreach (var id in ids) Console.WriteLine(await repository.GetSubjectAsync(new Order { Id = id }, CancellationToken.None));")]
    [InlineData("foreach (var id in ids) Console.WriteLine(service.Find(id));")]
    [InlineData("foreach (var id in ids) Console.WriteLine(memory.Find(id));")]
    [InlineData("foreach (var id in new[] { 1, 2 }) Console.WriteLine(repository.Find(id));")]
    [InlineData("var known = new Dictionary<int, object?>();\nforeach (var id in ids)\n    if (!known.ContainsKey(id)) known[id] = repository.Find(id);")]
    [InlineData("foreach (var part in ids.Chunk(10)) Console.WriteLine(repository.FindMany(part));")]
    [InlineData("foreach (var id in ids) Console.WriteLine(options.Get(id));")]
    public Task Calls_that_stay_quiet(string statements) => RunAsync(statements);

    [Theory]
    [InlineData("foreach (var id in ids) await store.{|DBR115:DeleteAsync|}(new Filter(id), ct);")]
    [InlineData("foreach (var id in ids) await store.{|DBR115:SaveAsync|}(new Order { Id = id }, ct);")]
    [InlineData("foreach (var id in ids) await memory.{|DBR115:RemoveAsync|}(id);")]
    [InlineData("foreach (var id in ids)\n    if (id > 3)\n        await store.{|DBR115:DeleteAsync|}(new Filter(id), ct);")]
    [InlineData("await Task.WhenAll(ids.Select(id => store.{|DBR115:DeleteAsync|}(new Filter(id), ct)));")]
    public Task Writes_that_names_say(string statements) => RunWritesAsync(statements);

    [Theory]
    [InlineData("await store.DeleteAsync(new Filter(1), ct);")]
    // What does not wait may only stage, as an Add and an Update often do.
    [InlineData("foreach (var id in ids) store.Delete(id);")]
    [InlineData("foreach (var id in ids) await store.AddAsync(new Order { Id = id }, ct);")]
    [InlineData("foreach (var id in ids) await store.UpdateAsync(new Order { Id = id }, ct);")]
    [InlineData("foreach (var id in ids) { await staging.DeleteAsync(id); await staging.SaveAsync(ct); }")]
    // A unit of work sends it later.
    [InlineData("foreach (var id in ids) await units.DeleteAsync(id);")]
    [InlineData("foreach (var id in ids) await saved.DeleteAsync(id);")]
    [InlineData("foreach (var part in ids.Chunk(10)) await store.DeleteManyAsync(part, ct);")]
    [InlineData("foreach (var id in ids)\n    try { await memory.RemoveAsync(id); }\n    catch (Exception e) { Console.WriteLine(e); }")]
    [InlineData("foreach (var id in ids) await service.DeleteAsync(id);")]
    [InlineData("foreach (var id in new[] { 1, 2 }) await memory.RemoveAsync(id);")]
    public Task Writes_that_stay_quiet(string statements) => RunWritesAsync(statements);

    [Theory]
    [InlineData("(IOrderStore store, IUnitOfWork work)", "")]
    [InlineData("(IOrderStore store)", "private readonly IShopUnitOfWork _work = null!;")]
    public Task Writes_beside_a_unit_of_work(string parameters, string member) => new Test
    {
        TestCode =
            $$"""
            interface IUnitOfWork { Task CommitAsync(); }

            interface IShopUnitOfWork : IUnitOfWork { }

            interface IOrderStore { Task DeleteAsync(int id); }

            class Cleaner{{parameters}}
            {
                {{member}}

                async Task RunAsync(List<int> ids)
                {
                    foreach (var id in ids)
                        await store.DeleteAsync(id);
                }
            }
            """,
    }.RunAsync();

    private static Task RunWritesAsync(string statements) => new Test
    {
        TestCode =
            $$"""
            record Filter(int Id);

            interface IOrderStore
            {
                Task DeleteAsync(Filter filter, CancellationToken ct = default);
                ValueTask SaveAsync(Order order, CancellationToken ct = default);
                Task DeleteManyAsync(int[] ids, CancellationToken ct = default);
                Task AddAsync(Order order, CancellationToken ct = default);
                Task UpdateAsync(Order order, CancellationToken ct = default);
                void Delete(int id);
            }

            interface ITagStore { ValueTask<long> RemoveAsync(int id); }

            class MemoryTagStore : ITagStore { public ValueTask<long> RemoveAsync(int id) => new(1); }

            interface IStagingStore { Task DeleteAsync(int id); Task SaveAsync(CancellationToken ct = default); }

            interface IUnitOfWork { Task CommitAsync(); }

            interface IUnitRepository { IUnitOfWork UnitOfWork { get; } Task DeleteAsync(int id); }

            interface ISavedRepository { Task DeleteAsync(int id); Task<int> SaveChangesAsync(CancellationToken ct); }

            interface IOrderService { Task DeleteAsync(int id); }

            class Cleaner(IOrderStore store, ITagStore memory, IUnitRepository units, ISavedRepository saved, IStagingStore staging, IOrderService service)
            {
                async Task RunAsync(List<int> ids, CancellationToken ct)
                {
                    {{statements}}
                }
            }
            """,
    }.RunAsync();

    private static Task RunAsync(string statements) => new Test
    {
        TestCode =
            $$"""
            interface IOrderRepository
            {
                object? Find(int id);
                Task<object?> GetAsync(int id);
                Task<string> GetSubjectAsync(Order order, CancellationToken ct);
                List<object> GetAll();
                List<object> FindMany(int[] ids);
                IQueryable<Order> GetQuery(int id);
                object? Getter(int id);
                void Add(int id);
            }

            interface IBlobStore { Task<string> LoadByNameAsync(string name); }

            interface IOrderDao { bool Exists(int id); }

            interface IOrderQueries { string GetName(int id); }

            interface IUnitOfWork { object? FindOrder(int id); }

            interface IOrderService { object? Find(int id); }

            interface IMemoryStore { object? Find(int id); }

            class LocalStore : IMemoryStore { public object? Find(int id) => null; }

            interface ITagStore { object? Find(int id); }

            class MemoryTagStore : ITagStore { public object? Find(int id) => null; }

            interface IOptionStore { string Get(int id); }

            class Report(IOrderRepository repository, IBlobStore store, IOrderDao dao, IOrderQueries queries, IUnitOfWork work, IOrderService service, IMemoryStore memory, ITagStore tags, IOptionStore options)
            {
                async Task RunAsync(List<int> ids)
                {
                    {{statements}}
                    await Task.Yield();
                }
            }
            """,
        TestState = { AdditionalFiles = { ("/0/Shop.dbmodel", "library Shop\ntype IOptionStore\n  Get nothing\n") } },
    }.RunAsync();

    private sealed class Test : RoundTripTest
    {
        protected override ImmutableArray<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [new ProbableCallPerElement(), new CallPerElement()];
    }
}
