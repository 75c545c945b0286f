function mpc = small
mpc.version = '2';
mpc.baseMVA = 10;
mpc.bus = [ % kW
  1 3 0   0   0 0 1 1 0 10 1 1.1 0.9;
  5 1 200 100 0 0.3 1 1 0 10 1 1.1 0.9
];
mpc.gen = [1 0 0 9 -9 1.02 10 1 9 0];
mpc.branch = [1 5 0.1, 0.2 0 0 0 0 0 0 1];
mpc.bus_name = {'one'; 'two'};
[PQ, PV, REF, NONE, BUS_I, BUS_TYPE, PD, QD, GS, BS, BUS_AREA, VM, ...
    VA, BASE_KV] = idx_bus;
Zbase = (mpc.bus(1, BASE_KV) * 1e3)^2 / (mpc.baseMVA * 1e6);
mpc.branch(:, 3:4) = mpc.branch(:, 3:4) / Zbase;
mpc.bus(:, [PD QD]) = mpc.bus(:, [PD QD]) / 1e3;
