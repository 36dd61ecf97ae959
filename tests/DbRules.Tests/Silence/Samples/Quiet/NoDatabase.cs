// Code without a database, whose names look like one.

public sealed class Repository<T>
    where T : class
{
    private readonly Dictionary<int, T> _rows = new();

    public T? Find(int id) => _rows.GetValueOrDefault(id);

    public IEnumerable<T> Query(string sql) => sql.Length == 0 ? [] : _rows.Values;

    public int SaveChanges() => _rows.Count;

    public void Execute(string command) => Console.WriteLine(command);
}

public static class Worker
{
    public static void Run(Repository<string> repository, IEnumerable<int> ids)
    {
        foreach (int id in ids)
        {
            Console.WriteLine(repository.Find(id));
            repository.Execute("delete from log");
            repository.SaveChanges();
        }
    }

    public static IEnumerable<int> Numbers(int count)
    {
        for (int i = 0; i < count; i++)
            yield return i;
    }

    public static async IAsyncEnumerable<int> LaterAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }
}
