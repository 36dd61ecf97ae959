using Chain.Data;
using Chain.Services;

namespace Chain.Web;

public static class Program
{
    public static void Main() => Console.WriteLine("Hello");

    public static async Task GreetAsync(Greetings greetings, List<int> customerIds, CancellationToken ct)
    {
        foreach (var id in customerIds)
            Console.WriteLine(greetings.Anonymous() + await greetings.ForAsync(id, ct));
    }

    public static async Task PrintAsync(ICustomerStore customers, List<int> customerIds, CancellationToken ct)
    {
        foreach (var id in customerIds)
            Console.WriteLine((await customers.FindAsync(id, ct))?.Name);
    }
}
