using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace HaoSuan.Tests.Engine;

/// <summary>The line to a PostgreSQL server, which can be cut: every connection ends at once, and no new one comes about until it is mended.</summary>
internal sealed class Cable : IDisposable
{
    private readonly UnixDomainSocketEndPoint _server;
    private readonly ConcurrentBag<Socket> _ends = [];
    private Socket _listener;

    public Cable(string database)
    {
        var direct = new NpgsqlConnectionStringBuilder(database);
        _server = new(Path.Combine(direct.Host!, ".s.PGSQL.5432"));
        _listener = Listen(0);
        var port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        Address = new NpgsqlConnectionStringBuilder(database) { Host = "127.0.0.1", Port = port }.ConnectionString;
    }

    /// <summary>The database at the other end.</summary>
    public string Address { get; }

    public void Cut()
    {
        _listener.Dispose();
        while (_ends.TryTake(out var end)) end.Dispose();
    }

    public void Mend() => _listener = Listen(new NpgsqlConnectionStringBuilder(Address).Port);

    public void Dispose() => Cut();

    private Socket Listen(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // A client that has not noticed yet that its line is cut still holds the port.
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen();
        _ = AcceptAsync(listener);
        return listener;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true) await JoinAsync(await listener.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task JoinAsync(Socket client)
    {
        var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.NoDelay = true;
        _ends.Add(client);
        _ends.Add(server);
        await server.ConnectAsync(_server);
        _ = CarryAsync(client, server);
        _ = CarryAsync(server, client);
    }

    private static async Task CarryAsync(Socket from, Socket to)
    {
        var buffer = new byte[16384];
        try
        {
            for (int count; (count = await from.ReceiveAsync(buffer)) > 0;) await to.SendAsync(buffer.AsMemory(0, count));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
        from.Dispose();
        to.Dispose();
    }
}
