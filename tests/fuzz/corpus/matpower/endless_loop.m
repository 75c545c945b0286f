% a comment before the heading
function mpc = control_flo.pc
mwversion = '2';
mpc.baseMVA = 10;
mpc.bus = [1 3 0 0 0 0 1 1 0 10 1 1.1 0.9; 5 1 1 0.5 0 0 1 1 0 10 1 Inf -Inf];
mpc.gen = [1 0 0 9 -9 1.02 10 1 9 0];
mpc.branch = [1 5 0.05 0.1 0 Inf 0 0 0 0 1; 5 1 0.05 0.1 0 5 0 0 0 0 0];
[rows, coulmns] = size(mpc.bus);
for k = 1:rows, if mpc.bus(k, 2) == 3, continue, end
  while mpc.bus(k, 3) > 0.5
    mpc.bus(k, 2) = mpc.bus(k, 3) / 2;
  end
end
if ~isfield(mpc, 'gencost') & nargin < 1
  fprintf('%d buses\n', r777777777777777777777777777777777777777777777777nd
