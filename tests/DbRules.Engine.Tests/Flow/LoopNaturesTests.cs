using DbRules.Engine.Flow;
using Xunit;

namespace DbRules.Engine.Tests.Flow;

/// <summary>Loops that are none over elements, or are meant so.</summary>
public sealed class LoopNaturesTests
{
    [Theory]
    // A worker waits for a token, a timer, a channel, a consumer.
    [InlineData("while (!stop.IsCancellationRequested) { /*here*/Db.Query(); await Task.Delay(100); }", Exemption.Polling)]
    [InlineData("while (!stop.IsCancellationRequested) /*here*/Db.Query();", Exemption.Polling)]
    [InlineData("while (true) { stop.ThrowIfCancellationRequested(); /*here*/Db.Query(); Thread.Sleep(100); }", Exemption.Polling)]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await timer.WaitForNextTickAsync(stop)) /*here*/Db.Query();", Exemption.Polling)]
    [InlineData("for (;;) { /*here*/Db.Query(); await Task.Delay(100); }", Exemption.NotOverElements)]
    [InlineData("for (; !stop.IsCancellationRequested; ) /*here*/Db.Query();", Exemption.Polling)]
    [InlineData("do { /*here*/Db.Query(); } while (!stop.IsCancellationRequested);", Exemption.Polling)]
    [InlineData("while (await channel.WaitToReadAsync(stop)) while (channel.TryRead(out var x)) /*here*/Db.Query(x);", Exemption.Polling)]
    [InlineData("while (channel.TryRead(out var x)) /*here*/Db.Query(x);", Exemption.Polling)]
    [InlineData("await foreach (var x in channel.ReadAllAsync(stop)) /*here*/Db.Query(x);", Exemption.Polling)]
    [InlineData("await foreach (var x in channel.ReadAllAsync(stop).ConfigureAwait(false)) /*here*/Db.Query(x);", Exemption.Polling)]
    [InlineData("var work = channel.ReadAllAsync(stop); await foreach (var x in work.WithCancellation(stop)) /*here*/Db.Query(x);", Exemption.Polling)]
    [InlineData("var consumer = new Consumer(); await foreach (var x in consumer) /*here*/Db.Query(x);", Exemption.Polling)]
    [InlineData("var consumer = new Consumer(); while (!stop.IsCancellationRequested) { var x = consumer.Consume(stop); /*here*/Db.Query(x); }", Exemption.Polling)]
    [InlineData("using var jobs = new BlockingCollection<int>(); foreach (var x in jobs.GetConsumingEnumerable()) /*here*/Db.Query(x);", Exemption.Polling)]
    // Groups of elements.
    [InlineData("foreach (var part in ids.Chunk(100)) /*here*/Db.Query(part.Length);", Exemption.Chunks)]
    [InlineData("var parts = ids.Chunk(100); foreach (var part in parts) /*here*/Db.Query(part.Length);", Exemption.Chunks)]
    [InlineData("foreach (var part in ids.Chunk(100).ToList()) /*here*/Db.Query(part.Length);", Exemption.Chunks)]
    [InlineData("foreach (var part in ids.Distinct().Chunk(100).Select(p => p.ToList())) /*here*/Db.Query(part.Count);", Exemption.Chunks)]
    [InlineData("var all = ids.Chunk(100).Select(part => /*here*/Db.Query(part.Length)).ToList();", Exemption.Chunks)]
    [InlineData("await Parallel.ForEachAsync(ids.Chunk(100), stop, async (part, token) => await /*here*/Db.QueryAsync(part.Length));", Exemption.Chunks)]
    [InlineData("foreach (var x in ids.Chunk(100).SelectMany(p => p)) /*here*/Db.Query(x);", Exemption.None)]
    [InlineData("foreach (var part in ids.Chunk(100)) foreach (var x in part) /*here*/Db.Query(x);", Exemption.None)]
    // By an operator of the code itself, named so and given a size, that makes a sequence of sequences.
    [InlineData("foreach (var part in Paginate(ids, 50)) /*here*/Db.Query(part.Count); static IEnumerable<List<int>> Paginate(IEnumerable<int> all, int size) { yield return all.Take(size).ToList(); }", Exemption.Chunks)]
    [InlineData("var parts = InBatches(ids, n); foreach (var part in parts) /*here*/Db.Query(part.Count()); static IEnumerable<IEnumerable<int>> InBatches(IEnumerable<int> all, int size) { yield return all.Take(size); }", Exemption.Chunks)]
    [InlineData("foreach (var x in Partition(ids, 3)) /*here*/Db.Query(x); static IEnumerable<int> Partition(IEnumerable<int> all, int size) => all.Skip(size);", Exemption.None)]
    [InlineData("foreach (var part in Partition(ids)) /*here*/Db.Query(part.Count); static IEnumerable<List<int>> Partition(IEnumerable<int> all) { yield return all.ToList(); }", Exemption.None)]
    [InlineData("foreach (var part in Families(ids, 3)) /*here*/Db.Query(part.Count); static IEnumerable<List<int>> Families(IEnumerable<int> all, int size) { yield return all.Take(size).ToList(); }", Exemption.None)]
    [InlineData("foreach (var part in Paginate(ids, 50)) foreach (var x in part) /*here*/Db.Query(x); static IEnumerable<List<int>> Paginate(IEnumerable<int> all, int size) { yield return all.Take(size).ToList(); }", Exemption.None)]
    [InlineData("for (var i = 0; i < ids.Count; i += 100) /*here*/Db.Query(i);", Exemption.Chunks)]
    [InlineData("for (var i = 0; i < ids.Count; i += n) /*here*/Db.Query(i);", Exemption.Chunks)]
    [InlineData("for (var i = 0; i < ids.Count; i = i + 100) /*here*/Db.Query(i);", Exemption.Chunks)]
    [InlineData("var i = 0; while (i < ids.Count) { /*here*/Db.Query(i); i += 100; }", Exemption.NotOverElements)]
    [InlineData("var maxBatches = n; for (var i = 0; i < maxBatches; i++) { if (/*here*/Db.List().Count == 0) break; }", Exemption.Paging)]
    [InlineData("var pages = n; for (var i = 1; i <= pages; ++i) /*here*/Db.List(i);", Exemption.Paging)]
    [InlineData("var maxRetries = n; for (var i = 0; maxRetries > i; i++) /*here*/Db.Query();", Exemption.Retry)]
    [InlineData("var pageSize = n; for (var i = 0; i < pageSize; i++) /*here*/Db.Query(i);", Exemption.None)]
    [InlineData("var batch = ids; for (var i = 0; i < batch.Count; i++) /*here*/Db.Query(batch[i]);", Exemption.None)]
    // No elements in sight.
    [InlineData("while (true) { if (/*here*/Db.Query() == 0) break; }", Exemption.NotOverElements)]
    [InlineData("var more = true; while (more) { var rows = /*here*/Db.List(); more = rows.Count == 100; }", Exemption.NotOverElements)]
    [InlineData("do n = n + 1; while (/*here*/Db.Exists(n));", Exemption.NotOverElements)]
    [InlineData("int rows; do { rows = /*here*/Db.Query(1000); } while (rows == 1000);", Exemption.NotOverElements)]
    [InlineData("while (/*here*/Db.Query(1000) > 0) { }", Exemption.NotOverElements)]
    [InlineData("int? parent = id; while (parent != null) parent = /*here*/Db.Find(parent.Value)?.ParentId;", Exemption.NotOverElements)]
    [InlineData("for (User? u = user; u != null; u = u.Parent) /*here*/Db.Query(u.Id);", Exemption.NotOverElements)]
    [InlineData("for (var day = DateTime.Today; day < DateTime.MaxValue; day = day.AddDays(1)) /*here*/Db.Query(day.Year);", Exemption.NotOverElements)]
    // Links that the loop finds itself.
    [InlineData("var open = new Queue<int>(); open.Enqueue(id); while (open.Count > 0) { var x = open.Dequeue(); foreach (var y in /*here*/Db.List(x)) open.Enqueue(y); }", Exemption.GraphWalk)]
    [InlineData("var open = new Stack<int>(); open.Push(id); while (open.TryPop(out var x)) { foreach (var y in /*here*/Db.List(x)) open.Push(y); }", Exemption.GraphWalk)]
    [InlineData("while (queue.TryDequeue(out var x)) { Db.Save(x); Grow(queue, /*here*/Db.Query(x)); static void Grow(Queue<int> all, int y) => all.Enqueue(y); }", Exemption.GraphWalk)]
    [InlineData("for (var i = 0; i < ids.Count; i++) ids.AddRange(/*here*/Db.List(ids[i]));", Exemption.GraphWalk)]
    [InlineData("while (queue.TryDequeue(out var x)) { if (queue.Contains(/*here*/Db.Query(x))) Db.Save(x); }", Exemption.None)]
    // At most one element.
    [InlineData("foreach (var x in option) /*here*/Db.Query(x);", Exemption.AtMostOne)]
    [InlineData("option.ForEach(x => /*here*/Db.Query(x));", Exemption.AtMostOne)]
    [InlineData("IEnumerable<int> some = option; foreach (var x in some) /*here*/Db.Query(x);", Exemption.AtMostOne)]
    [InlineData("var first = ids.Any(x => /*here*/Db.Exists(x));", Exemption.Search)]
    [InlineData("var first = ids.FirstOrDefault(x => /*here*/Db.Exists(x));", Exemption.Search)]
    [InlineData("var first = ids.Find(x => /*here*/Db.Exists(x));", Exemption.Search)]
    [InlineData("var first = ids.Select(x => /*here*/Db.Find(x)).FirstOrDefault(u => u != null);", Exemption.Search)]
    [InlineData("var first = ids.Where(x => /*here*/Db.Exists(x)).First();", Exemption.Search)]
    [InlineData("var all = ids.All(x => /*here*/Db.Exists(x));", Exemption.None)]
    // An exempt loop inside a loop over elements.
    [InlineData("foreach (var x in ids) { while (true) { if (/*here*/Db.Exists(x)) break; } }", Exemption.None)]
    [InlineData("foreach (var x in ids) { foreach (var kind in new[] { 1, 2 }) /*here*/Db.Query(x + kind); }", Exemption.None)]
    [InlineData("foreach (var x in ids) { var both = new[] { 1, 2 }.Select(kind => /*here*/Db.Query(x + kind)).ToList(); }", Exemption.None)]
    [InlineData("while (!stop.IsCancellationRequested) { foreach (var x in ids) /*here*/Db.Query(x); await Task.Delay(5); }", Exemption.None)]
    public void Nature(string code, Exemption expected) => Assert.Equal(expected, FlowCode.In(code).Verdict());

    [Theory]
    [InlineData("while (_work.TryDequeue(out var x)) /*here*/Db.Query(x);", Exemption.Polling)]
    [InlineData("while (_work.Count > 0) /*here*/Db.Query(_work.Dequeue());", Exemption.Polling)]
    public void A_queue_that_outlives_the_method_is_a_workers(string code, Exemption expected) =>
        Assert.Equal(expected, FlowCode.In(code, members: "private readonly Queue<int> _work = new();").Verdict());

    [Theory]
    [InlineData("for (var attempt = 0; attempt < 9; attempt++) { try { /*here*/Db.Query(); break; } catch (Exception) { await Task.Delay(50); } }")]
    [InlineData("for (var attempt = 0; attempt < n; attempt++) { try { /*here*/Db.Query(); return; } catch (InvalidOperationException) { } }")]
    [InlineData("for (var attempt = 0; attempt < n; attempt++) { try { /*here*/Db.Query(); } catch { continue; } break; }")]
    [InlineData("for (var attempt = 0; attempt < n; attempt++) { try { /*here*/Db.Query(); break; } catch (Exception) when (attempt < n - 1) { } finally { Db.Save(1); } }")]
    [InlineData("var done = false; for (var attempt = 0; attempt < n && !done; attempt++) { try { /*here*/Db.Query(); done = true; } catch { } }")]
    [InlineData("var done = false; for (var attempt = 0; attempt < n; attempt++) { try { /*here*/Db.Query(); done = true; } catch { } if (done) break; }")]
    [InlineData("foreach (var server in ids) { try { /*here*/Db.Query(server); break; } catch (Exception) { } }")]
    [InlineData("foreach (var server in ids) { /*here*/Db.Query(server); return; }")]
    [InlineData("foreach (var server in ids) { try { /*here*/Db.Query(server); if (n > 3) throw new InvalidOperationException(); break; } catch (Exception) { } }")]
    [InlineData("while (true) { for (var attempt = 0; attempt < n; attempt++) { try { /*here*/Db.Query(); break; } catch { } } }")]
    public void A_loop_that_repeats_only_after_an_exception_retries(string code) => Assert.Equal(Exemption.Retry, FlowCode.In(code).Verdict());

    [Theory]
    [InlineData("while (true) { try { /*here*/Db.Query(); return; } catch (Exception) when (n < 3) { n++; } }")]
    [InlineData("var ok = false; do { try { /*here*/Db.Query(); ok = true; } catch { } } while (!ok);")]
    [InlineData("var ok = false; while (!ok) { try { /*here*/Db.Query(); ok = true; } catch { } }")]
    [InlineData("var left = 3; while (left-- > 0) { try { /*here*/Db.Query(); break; } catch { } }")]
    public void A_retrying_while_loop_is_not_over_elements(string code) => Assert.Equal(Exemption.NotOverElements, FlowCode.In(code).Verdict());

    [Theory]
    [InlineData("foreach (var x in ids) { try { /*here*/Db.Query(x); } catch { } }")]
    [InlineData("foreach (var x in ids) { try { /*here*/Db.Query(x); } catch { break; } }")]
    [InlineData("foreach (var x in ids) { try { /*here*/Db.Query(x); } finally { Db.Save(x); } }")]
    [InlineData("foreach (var x in ids) { /*here*/Db.Query(x); if (x > 5) break; }")]
    [InlineData("foreach (var x in ids) { for (var attempt = 0; attempt < 9; attempt++) { try { /*here*/Db.Query(x); break; } catch { } } }")]
    [InlineData("foreach (var x in ids) { var ok = false; while (!ok) { try { /*here*/Db.Query(x); ok = true; } catch { } } }")]
    [InlineData("var any = false; foreach (var x in ids) { /*here*/Db.Query(x); any = true; if (!any) break; }")]
    [InlineData("var again = true; foreach (var x in ids) { if (!again) break; /*here*/Db.Query(x); if (x == 7) again = false; }")]
    [InlineData("var ok = true; foreach (var x in ids) { if (!ok) break; ok = true; /*here*/Db.Query(x); if (x == 7) ok = false; }")]
    [InlineData("foreach (var x in ids) { var done = false; try { /*here*/Db.Query(x); done = true; } catch { } if (!done) Db.Save(x); }")]
    public void A_loop_that_goes_on_after_success_does_not_retry(string code) => Assert.Equal(Exemption.None, FlowCode.In(code).Verdict());
}
